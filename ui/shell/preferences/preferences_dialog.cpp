#include "ui/shell/preferences/preferences_dialog.h"

#include "core/base/system.h"
#include "core/project/workspace.h"
#include "ui/widgets/widgets.h"

#include <QComboBox>
#include <QDir>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QSpinBox>

namespace espalier {

namespace {

constexpr int DialogWidth = 560;
constexpr int Margin = 24;
constexpr int MostEpochsBetween = 1000;

} // namespace

PreferencesDialog::PreferencesDialog(QWidget* parent)
    : QDialog(parent)
    , m_preferences(Preferences::load())
    , m_rows(new FormRows(this))
    , m_theme(new QComboBox(this))
    , m_workspace(new QLineEdit(this))
    , m_threads(new QSpinBox(this))
    , m_checkpoints(new QSpinBox(this))
{
    setWindowTitle(tr("Preferences"));
    createLayout();
    connectFields();
    setMinimumWidth(DialogWidth);
}

PreferencesDialog::~PreferencesDialog()
{
    // A dialog hides when it goes: the field would still tell its text, to what is no longer there.
    m_workspace->disconnect(this);
}

void PreferencesDialog::createLayout()
{
    m_theme->addItems({tr("As the system"), tr("Light"), tr("Dark")});
    m_theme->setCurrentIndex(int(m_preferences.theme));
    m_threads->setRange(0, usableProcessors());
    m_threads->setSpecialValueText(tr("All (%1)").arg(usableProcessors()));
    m_threads->setValue(m_preferences.threads);
    m_checkpoints->setRange(0, MostEpochsBetween);
    m_checkpoints->setSpecialValueText(tr("Best and last"));
    m_checkpoints->setPrefix(tr("Best, last and every "));
    m_checkpoints->setSuffix(tr(" epochs"));
    m_checkpoints->setValue(m_preferences.checkpointEvery);
    m_checkpoints->setToolTip(tr("Which checkpoints of a new experiment stay"));
    m_threads->setToolTip(tr("How many threads a new experiment trains with"));

    m_rows->addRow(tr("Theme"), m_theme);
    m_rows->addRow(tr("Workspace"), createWorkspaceRow());
    m_rows->addRow(tr("Threads of runs"), m_threads);
    m_rows->addRow(tr("Checkpoints"), m_checkpoints);

    QPushButton* close = createButton(ButtonKind::Normal, tr("Close"), {}, this);
    connect(close, &QPushButton::clicked, this, &QDialog::accept);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(Margin, Margin, Margin, Margin);
    layout->setSpacing(16);
    layout->addWidget(new TextLabel(tr("Preferences"), TextStyle::Title));
    layout->addWidget(m_rows);
    auto* note = new TextLabel(tr("Threads and checkpoints are what new experiments start with."),
                               TextStyle::Small, Role::TextSecondary);
    note->setWordWrap(true);
    layout->addWidget(note);
    layout->addStretch();
    layout->addWidget(close, 0, Qt::AlignRight);
}

QWidget* PreferencesDialog::createWorkspaceRow()
{
    m_workspace->setText(QDir::toNativeSeparators(m_preferences.workspaceFolder()));
    m_workspace->setAccessibleName(tr("Workspace folder"));
    const bool chosenOutside = !qEnvironmentVariableIsEmpty("ESPALIER_WORKSPACE");
    m_workspace->setReadOnly(chosenOutside);
    m_workspace->setToolTip(chosenOutside
                                ? tr("The environment variable ESPALIER_WORKSPACE decides")
                                : tr("The folder that holds your projects"));
    auto* row = new QWidget(this);
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_workspace, 1);
    QPushButton* browse = createButton(ButtonKind::Normal, tr("Browse…"), {}, row);
    browse->setEnabled(!chosenOutside);
    browse->setAutoDefault(false);
    connect(browse, &QPushButton::clicked, this, &PreferencesDialog::browse);
    layout->addWidget(browse);
    row->setFocusProxy(m_workspace);
    return row;
}

void PreferencesDialog::connectFields()
{
    connect(m_theme, &QComboBox::currentIndexChanged, this, [this](int index) {
        m_preferences.theme = ThemeChoice(index);
        apply();
    });
    connect(m_threads, &QSpinBox::valueChanged, this, [this](int threads) {
        m_preferences.threads = threads;
        apply();
    });
    connect(m_checkpoints, &QSpinBox::valueChanged, this, [this](int every) {
        m_preferences.checkpointEvery = every;
        apply();
    });
    connect(m_workspace, &QLineEdit::editingFinished, this,
            [this] { setWorkspace(QDir::fromNativeSeparators(m_workspace->text().trimmed())); });
}

void PreferencesDialog::setWorkspace(const QString& folder)
{
    if (folder == m_preferences.workspaceFolder())
        return m_rows->setError(m_workspace->parentWidget(), {});
    if (!folder.isEmpty()) {
        if (const Result<Workspace> opened = Workspace::open(folder); !opened) {
            m_rows->setError(m_workspace->parentWidget(), opened.error().message);
            return;
        }
    }
    m_rows->setError(m_workspace->parentWidget(), {});
    m_preferences.workspace = folder;
    m_workspace->setText(QDir::toNativeSeparators(m_preferences.workspaceFolder()));
    apply();
}

void PreferencesDialog::browse()
{
    auto* dialog =
        new QFileDialog(this, tr("Choose the workspace folder"), m_preferences.workspaceFolder());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    connect(dialog, &QFileDialog::fileSelected, this, &PreferencesDialog::setWorkspace);
    dialog->open();
}

void PreferencesDialog::apply()
{
    m_preferences.save();
    Q_EMIT changed(m_preferences);
}

} // namespace espalier
