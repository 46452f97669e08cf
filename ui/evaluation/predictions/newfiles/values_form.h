#pragma once

#include "core/base/feature_description.h"

#include <QHash>
#include <QList>
#include <QVariant>
#include <QWidget>

namespace espalier {

class FormRows;

/// A field for each Input of a network: numbers as text, classes as a choice, images as a file.
class ValuesForm final : public QWidget {
    Q_OBJECT

public:
    explicit ValuesForm(const QList<FeatureDescription>& inputs, QWidget* parent = nullptr);

    /// As FilePredictor::predictValues() takes them; what is empty is left out.
    [[nodiscard]] QHash<QString, QVariant> values() const;

private:
    [[nodiscard]] QWidget* createField(const FeatureDescription& input);
    [[nodiscard]] QWidget* createImageField(const QString& name);

    FormRows* m_rows;
    QList<FeatureDescription> m_inputs;
    QHash<QString, QWidget*> m_fields;
};

} // namespace espalier
