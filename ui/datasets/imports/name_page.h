#pragma once

#include "core/project/jobs/dataset_imports.h"

#include <QList>
#include <QWidget>

class QLineEdit;

namespace espalier {

class FormRows;
class ImportList;

/// Second step of a new dataset: a name for each, suggested from its files and checked while it is
/// typed, over how far the imports are.
class NamePage final : public QWidget {
    Q_OBJECT
public:
    explicit NamePage(DatasetImports& imports, QWidget* parent = nullptr);

    /// `taken`: names of the datasets that exist.
    void setImports(const QList<ImportId>& ids, const QStringList& taken);
    [[nodiscard]] QString name(ImportId id) const;
    [[nodiscard]] bool isComplete() const; ///< every name can be used
    void focusField();                     ///< the first, its text selected
    [[nodiscard]] ImportList& list() { return *m_list; }

Q_SIGNALS:
    void changed();

private:
    struct Field {
        ImportId id;
        QLineEdit* edit;
    };

    void addField(const ImportStatus& status, bool alone);
    [[nodiscard]] QString problemOf(const Field& field) const;
    void check();

    DatasetImports& m_imports;
    FormRows* m_rows;
    ImportList* m_list;
    QList<Field> m_fields;
    QStringList m_taken;
};

} // namespace espalier
