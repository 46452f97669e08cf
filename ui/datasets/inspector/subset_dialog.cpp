#include "ui/datasets/inspector/subset_dialog.h"

#include "core/dataset/feature_column.h"
#include "ui/datasets/dataset_text.h"
#include "ui/widgets/number_text.h"
#include "ui/widgets/one_line.h"
#include "ui/widgets/widgets.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QRegularExpressionValidator>
#include <QVBoxLayout>
#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

constexpr int Width = 420;
constexpr qsizetype MostValuesListed = 2'000;

template <typename E>
QComboBox* createChoice()
{
    auto* box = new QComboBox;
    for (const auto& name : enumNames(E{}))
        box->addItem(QString::fromUtf16(name.label), QString::fromUtf16(name.key));
    return box;
}

void selectKey(QComboBox* box, const QString& key)
{
    box->setCurrentIndex(std::max(box->findData(key), 0));
}

} // namespace

SubsetDialog::SubsetDialog(std::shared_ptr<const Dataset> dataset, int subset, QWidget* parent)
    : QDialog(parent)
    , m_dataset(std::move(dataset))
    , m_subset(subset)
    , m_rows(new FormRows(this))
    , m_error(new TextLabel({}, TextStyle::Small, Role::LevelError, this))
{
    const bool isNew = m_subset < 0;
    setWindowTitle(isNew ? tr("New subset") : tr("Edit subset"));
    setMinimumWidth(Width);
    setAttribute(Qt::WA_DeleteOnClose);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(24, 24, 24, 24);
    layout->setSpacing(16);
    layout->addWidget(new TextLabel(windowTitle(), TextStyle::Title, Role::TextPrimary, this));
    layout->addWidget(m_rows);
    m_error->setWordWrap(true);
    m_error->hide();
    layout->addWidget(m_error);
    createNameRow();
    createRandomRows();
    createConditionRows();
    createButtons();
    if (isNew) {
        SubsetSettings fresh{freeName(), {}, RandomFilter()};
        fresh.random->seed = m_dataset->settings().seed;
        fresh.random->percent = 20;
        showSubset(fresh);
    } else {
        showSubset(m_dataset->settings().subsets[m_subset]);
    }
    m_name->selectAll();
}

void SubsetDialog::createNameRow()
{
    m_name = new QLineEdit;
    m_rows->addRow(tr("Name"), m_name);
    connect(m_name, &QLineEdit::textChanged, this, &SubsetDialog::updateState);
}

void SubsetDialog::createRandomRows()
{
    m_random = new QCheckBox(tr("Random part"));
    m_rows->addWide(m_random);
    m_size = new QDoubleSpinBox;
    m_size->setRange(0, 100);
    m_size->setDecimals(2);
    m_size->setSuffix(tr(" %"));
    m_rows->addRow(tr("Size"), m_size);
    m_from = createChoice<FromEnd>();
    m_from->setToolTip(tr("The rows are put into the random order of the seed; the part is taken "
                          "from its start or its end"));
    m_rows->addRow(tr("Taken from"), m_from);
    m_seed = new QLineEdit;
    m_seed->setValidator(
        new QRegularExpressionValidator(QRegularExpression(u"[0-9]{1,20}"_s), m_seed));
    m_rows->addRow(tr("Seed"), m_seed);
    connect(m_random, &QCheckBox::toggled, this, &SubsetDialog::updateState);
}

void SubsetDialog::createConditionRows()
{
    m_condition = new QCheckBox(tr("Rows that meet a condition"));
    m_rows->addWide(m_condition);
    m_feature = new QComboBox;
    for (int i = 0; i < m_dataset->features().size(); ++i)
        if (m_dataset->column(i).isScalar())
            m_feature->addItem(themeIcon(encodingIcon(m_dataset->features()[i].encoding)),
                               oneLine(m_dataset->features()[i].name), i);
    m_feature->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_rows->addRow(tr("Feature"), m_feature);
    m_comparison = createChoice<Comparison>();
    m_rows->addRow(tr("Comparison"), m_comparison);
    m_value = new QComboBox;
    m_value->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_rows->addRow(tr("Value"), m_value);
    connect(m_condition, &QCheckBox::toggled, this, &SubsetDialog::updateState);
    connect(m_feature, &QComboBox::currentIndexChanged, this, &SubsetDialog::fillValues);
    if (m_feature->count() > 0)
        return;
    m_condition->setEnabled(false);
    m_condition->setToolTip(tr("No feature has single values that a condition could compare"));
}

void SubsetDialog::createButtons()
{
    auto* cancel = createButton(ButtonKind::Normal, tr("Cancel"), {}, this);
    m_done = createButton(ButtonKind::Main, m_subset < 0 ? tr("Create") : tr("Change"), {}, this);
    m_done->setDefault(true);
    cancel->setAutoDefault(false);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    buttons->addStretch();
    buttons->addWidget(cancel);
    buttons->addWidget(m_done);
    static_cast<QVBoxLayout*>(layout())->addLayout(buttons);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_done, &QPushButton::clicked, this, &SubsetDialog::choose);
}

void SubsetDialog::showSubset(const SubsetSettings& subset)
{
    m_name->setText(subset.name);
    m_random->setChecked(subset.random.has_value());
    const RandomFilter random = subset.random.value_or(RandomFilter());
    m_size->setValue(random.percent);
    selectKey(m_from, enumKey(random.from));
    m_seed->setText(QString::number(random.seed));
    m_condition->setChecked(subset.condition.has_value());
    if (subset.condition) {
        const int feature = m_dataset->featureIndex(subset.condition->feature);
        m_feature->setCurrentIndex(m_feature->findData(feature));
    }
    fillValues();
    if (subset.condition) {
        selectKey(m_comparison, enumKey(subset.condition->comparison));
        if (m_value->findData(subset.condition->value) >= 0)
            m_value->setCurrentIndex(m_value->findData(subset.condition->value));
        else
            m_value->setEditText(subset.condition->value);
    }
    updateState();
}

/// Offers the classes of a feature; anything else is typed.
void SubsetDialog::fillValues()
{
    m_value->clear();
    if (m_feature->currentIndex() < 0)
        return;
    const FeatureColumn& column = m_dataset->column(m_feature->currentData().toInt());
    const bool isDictionary = column.schema().storage == StorageKind::Dictionary;
    const QStringList values =
        isDictionary && column.hasClasses() ? column.schema().texts : column.description().classes;
    const bool listed = column.settings().encoding == Encoding::Categorical ||
                        (column.settings().encoding == Encoding::Binary && isDictionary);
    m_value->setEditable(true);
    m_value->setInsertPolicy(QComboBox::NoInsert);
    if (listed && values.size() <= MostValuesListed)
        for (const QString& value : values)
            m_value->addItem(oneLine(value), value);
    if (m_value->count() == 0)
        m_value->setEditText({});
}

void SubsetDialog::updateState()
{
    for (QWidget* field : std::array<QWidget*, 3>{m_size, m_from, m_seed})
        field->setEnabled(m_random->isChecked());
    for (QWidget* field : std::array<QWidget*, 3>{m_feature, m_comparison, m_value})
        field->setEnabled(m_condition->isChecked());
    const bool named = !m_name->text().trimmed().isEmpty();
    m_done->setEnabled(named);
    m_done->setToolTip(named ? QString() : tr("Give the subset a name"));
}

/// A class is kept as it is, also where it is shown on one line.
QString SubsetDialog::valueText() const
{
    const int index = m_value->findText(m_value->currentText(), Qt::MatchExactly);
    return index >= 0 ? m_value->itemData(index).toString() : m_value->currentText();
}

QString SubsetDialog::freeName() const
{
    const DatasetSettings& settings = m_dataset->settings();
    for (int number = 1;; ++number) {
        const QString name = number == 1 ? tr("Test") : tr("Test %1").arg(number);
        if (settings.subsetIndex(name) < 0)
            return name;
    }
}

Result<DatasetSettings> SubsetDialog::wantedSettings() const
{
    DatasetSettings settings = m_dataset->settings();
    const QString wanted = m_name->text().trimmed();
    const QString name = m_subset < 0 ? wanted : settings.subsets[m_subset].name;
    Status status;
    const auto set = [&](const QString& key, const QString& value) {
        if (status)
            status = applySetting(settings, u"subset.%1.%2"_s.arg(name, key), value);
    };
    if (m_subset < 0)
        set(u"add"_s, u"yes"_s);
    if (m_random->isChecked()) {
        set(u"size"_s, QString::number(m_size->value(), 'g', 12));
        set(u"seed"_s, m_seed->text());
        set(u"from"_s, m_from->currentData().toString());
    } else {
        set(u"size"_s, {});
    }
    set(u"feature"_s, {}); // a condition on another feature begins anew
    if (m_condition->isChecked()) {
        set(u"feature"_s, m_dataset->features()[m_feature->currentData().toInt()].name);
        set(u"comparison"_s, m_comparison->currentData().toString());
        set(u"value"_s, valueText());
    }
    if (wanted != name)
        set(u"name"_s, wanted);
    return status.map([&] { return settings; });
}

void SubsetDialog::choose()
{
    const Result<DatasetSettings> settings = wantedSettings();
    if (!settings) {
        showError(settings.error().message);
        return;
    }
    m_error->hide();
    Q_EMIT chosen(*settings);
}

void SubsetDialog::showError(const QString& sentence)
{
    m_error->setText(sentence);
    m_error->show();
}

} // namespace espalier
