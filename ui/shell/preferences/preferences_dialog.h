#pragma once

#include "ui/shell/preferences/preferences.h"

#include <QDialog>

class QComboBox;
class QLineEdit;
class QSpinBox;

namespace espalier {

class FormRows;

/// Every choice applies at once and is kept. Open with open().
class PreferencesDialog final : public QDialog {
    Q_OBJECT
public:
    explicit PreferencesDialog(QWidget* parent = nullptr);
    ~PreferencesDialog() override;

    [[nodiscard]] const Preferences& preferences() const { return m_preferences; }

Q_SIGNALS:
    void changed(const espalier::Preferences& preferences);

private:
    void createLayout();
    [[nodiscard]] QWidget* createWorkspaceRow();
    void connectFields();
    void setWorkspace(const QString& folder);
    void browse();
    void apply();

    Preferences m_preferences;
    FormRows* m_rows;
    QComboBox* m_theme;
    QLineEdit* m_workspace;
    QSpinBox* m_threads;
    QSpinBox* m_checkpoints;
};

} // namespace espalier
