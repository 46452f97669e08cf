#include "ui/datasets/inspector/feature_form.h"

#include "core/dataset/feature_column.h"
#include "core/project/documents/dataset_document.h"
#include "ui/datasets/dataset_text.h"
#include "ui/datasets/table/feature_summaries.h"
#include "ui/widgets/one_line.h"
#include "ui/widgets/widgets.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QVBoxLayout>
#include <algorithm>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

constexpr qsizetype MostClassesListed = 2'000;

bool isNormalizable(Encoding encoding)
{
    return encoding == Encoding::Numeric || encoding == Encoding::Image;
}

template <typename E>
QStringList enumLabels()
{
    QStringList labels;
    for (const auto& name : enumNames(E{}))
        labels.append(QString::fromUtf16(name.label));
    return labels;
}

template <typename E>
int enumPosition(E value)
{
    const auto names = enumNames(E{});
    return int(std::ranges::find(names, value, &EnumName<E>::value) - names.begin());
}

void select(QComboBox* box, int index)
{
    if (!box)
        return;
    const QSignalBlocker blocker(box);
    box->setCurrentIndex(index);
}

void showNumber(QSpinBox* box, int value)
{
    if (!box)
        return;
    const QSignalBlocker blocker(box);
    box->setValue(value);
}

} // namespace

FeatureForm::FeatureForm(FeatureSummaries& summaries, QWidget* parent)
    : QWidget(parent)
    , m_summaries(summaries)
    , m_rows(new FormRows(this))
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_rows);
    connect(&m_summaries, &FeatureSummaries::statisticsReady, this, [this](int feature) {
        if (feature == m_feature)
            showStatistics();
    });
}

void FeatureForm::setFeature(DatasetDocument* document, int feature)
{
    if (document == m_document && feature == m_feature) {
        refresh();
        return;
    }
    rename(); // what was typed before another feature was clicked
    m_document = document;
    m_feature = document && feature < document->settings().features.size() ? feature : -1;
    rebuild();
}

const FeatureSettings& FeatureForm::settings() const
{
    return m_document->settings().features[m_feature];
}

FeatureForm::Layout FeatureForm::wantedLayout() const
{
    return {m_document->isEditable(), settings().encoding,
            settings().transformation != ImageTransformation::None};
}

void FeatureForm::refresh()
{
    if (!m_document || m_feature < 0)
        return;
    if (m_feature >= m_document->settings().features.size() || wantedLayout() != m_built ||
        !m_built.editable)
        rebuild();
    else
        showValues();
}

void FeatureForm::rebuild()
{
    const QString focused = focusWidget() ? focusWidget()->accessibleName() : QString();
    replaceRows();
    m_name = nullptr;
    m_encoding = m_normalization = m_transformation = m_positiveClass = nullptr;
    m_colorMode = nullptr;
    m_width = m_height = nullptr;
    m_statistics = nullptr;
    if (!m_document || m_feature < 0)
        return;
    m_built = wantedLayout();
    if (m_built.editable)
        addEditableRows();
    else
        addPlainRows();
    m_statistics = new TextLabel({}, TextStyle::Small, Role::TextSecondary);
    m_statistics->setWordWrap(true);
    m_rows->addRow({}, m_statistics);
    showValues();
    if (focused.isEmpty())
        return;
    for (QWidget* field : m_rows->findChildren<QWidget*>())
        if (field->accessibleName() == focused)
            field->setFocus();
}

/// The field that asked for it may still be in its own signal: it goes later, and says no more.
void FeatureForm::replaceRows()
{
    for (QWidget* field : m_rows->findChildren<QWidget*>())
        field->blockSignals(true);
    auto* rows = new FormRows(this);
    delete layout()->replaceWidget(m_rows, rows);
    m_rows->hide();
    m_rows->deleteLater();
    m_rows = rows;
}

template <typename E>
QComboBox* FeatureForm::addChoice(const QString& label, const QString& key, const QString& undoText)
{
    auto* box = new QComboBox;
    box->setAccessibleName(label);
    box->addItems(enumLabels<E>());
    m_rows->addRow(label, box);
    connect(box, &QComboBox::activated, this, [this, box, key, undoText](int index) {
        set(box, undoText, key, QString::fromUtf16(enumNames(E{})[size_t(index)].key));
    });
    return box;
}

void FeatureForm::addEditableRows()
{
    m_name = new QLineEdit;
    m_name->setAccessibleName(tr("Name"));
    m_rows->addRow(tr("Name"), m_name);
    connect(m_name, &QLineEdit::editingFinished, this, &FeatureForm::rename);
    m_encoding = addChoice<Encoding>(tr("Encoding"), u"encoding"_s, tr("Change encoding"));
    if (m_built.encoding == Encoding::Binary)
        addPositiveClassRow();
    if (m_built.encoding == Encoding::Image)
        addImageRows();
    if (isNormalizable(m_built.encoding))
        m_normalization = addChoice<Normalization>(tr("Normalization"), u"normalization"_s,
                                                   tr("Change normalization"));
}

void FeatureForm::addImageRows()
{
    m_colorMode = new SegmentedControl(enumLabels<ColorMode>());
    m_colorMode->setAccessibleName(tr("Color mode"));
    m_rows->addRow(tr("Color mode"), m_colorMode);
    connect(m_colorMode, &SegmentedControl::currentIndexChanged, this, [this](int index) {
        set(m_colorMode, tr("Change color mode"), u"color_mode"_s,
            QString::fromUtf16(enumNames(ColorMode{})[size_t(index)].key));
    });
    m_transformation = new QComboBox;
    m_transformation->setAccessibleName(tr("Transformation"));
    m_transformation->addItems(enumLabels<ImageTransformation>());
    m_rows->addRow(tr("Transformation"), m_transformation);
    connect(m_transformation, &QComboBox::activated, this, [this](int index) {
        setTransformation(m_transformation, enumNames(ImageTransformation{})[size_t(index)].value);
    });
    if (m_built.transformed)
        addSizeRow();
}

void FeatureForm::addSizeRow()
{
    auto* size = new QWidget;
    auto* layout = new QHBoxLayout(size);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    m_width = createSide(tr("Width"), &FeatureSettings::width);
    m_height = createSide(tr("Height"), &FeatureSettings::height);
    layout->addWidget(m_width, 1);
    layout->addWidget(new TextLabel(u"×"_s, TextStyle::Small, Role::TextSecondary));
    layout->addWidget(m_height, 1);
    size->setFocusProxy(m_width);
    m_rows->addRow(tr("Width × height"), size);
}

QSpinBox* FeatureForm::createSide(const QString& name, int FeatureSettings::*side)
{
    auto* box = new QSpinBox;
    box->setAccessibleName(name);
    box->setRange(1, FeatureSettings::LargestSide);
    box->setKeyboardTracking(false);
    connect(box, &QSpinBox::valueChanged, this, [this, box, name, side](int value) {
        edit(
            box->parentWidget(), tr("Change size"),
            [side, value](FeatureSettings& feature) { feature.*side = value; },
            u"%1 of %2"_s.arg(name, settings().column));
    });
    return box;
}

void FeatureForm::addPositiveClassRow()
{
    m_positiveClass = new QComboBox;
    m_positiveClass->setAccessibleName(tr("Positive class"));
    const bool listed = !classes().isEmpty();
    m_positiveClass->setEditable(!listed);
    for (const QString& name : classes())
        m_positiveClass->addItem(oneLine(name), name);
    m_positiveClass->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_rows->addRow(tr("Positive class"), m_positiveClass);
    if (listed)
        connect(m_positiveClass, &QComboBox::activated, this, [this](int index) {
            set(m_positiveClass, tr("Change positive class"), u"positive_class"_s,
                m_positiveClass->itemData(index).toString());
        });
    else
        connect(m_positiveClass->lineEdit(), &QLineEdit::editingFinished, this, [this] {
            if (m_positiveClass->currentText() != settings().positiveClass)
                set(m_positiveClass, tr("Change positive class"), u"positive_class"_s,
                    m_positiveClass->currentText());
        });
}

/// The values to choose from; empty where they are numbers or too many, to be typed then.
QStringList FeatureForm::classes() const
{
    const FeatureColumn& column = m_document->dataset()->column(m_feature);
    if (column.schema().storage == StorageKind::Dictionary)
        return column.schema().texts.size() > MostClassesListed ? QStringList()
                                                                : column.schema().texts;
    return {};
}

void FeatureForm::addPlainRows()
{
    const FeatureSettings& feature = settings();
    const auto addPlain = [this](const QString& label, const QString& value) {
        auto* text = new TextLabel(oneLine(value));
        text->setElided(true);
        m_rows->addRow(label, text);
    };
    addPlain(tr("Name"), feature.name);
    addPlain(tr("Encoding"), enumLabel(feature.encoding));
    if (feature.encoding == Encoding::Binary)
        addPlain(tr("Positive class"),
                 m_document->dataset()->features()[m_feature].classes.value(1));
    if (feature.encoding == Encoding::Image) {
        addPlain(tr("Color mode"), enumLabel(feature.colorMode));
        addPlain(tr("Transformation"), enumLabel(feature.transformation));
        if (m_built.transformed)
            addPlain(tr("Width × height"), u"%1 × %2"_s.arg(feature.width).arg(feature.height));
    }
    if (isNormalizable(feature.encoding))
        addPlain(tr("Normalization"), enumLabel(feature.normalization));
}

void FeatureForm::showValues()
{
    const FeatureSettings& feature = settings();
    if (m_name && !m_name->isModified())
        m_name->setText(feature.name);
    select(m_encoding, enumPosition(feature.encoding));
    select(m_normalization, enumPosition(feature.normalization));
    select(m_transformation, enumPosition(feature.transformation));
    if (m_colorMode) {
        const QSignalBlocker blocker(m_colorMode);
        m_colorMode->setCurrentIndex(enumPosition(feature.colorMode));
    }
    showNumber(m_width, feature.width);
    showNumber(m_height, feature.height);
    if (m_positiveClass) {
        const QString positive = m_document->dataset()->features()[m_feature].classes.value(1);
        if (m_positiveClass->isEditable())
            m_positiveClass->setEditText(positive);
        else
            select(m_positiveClass, m_positiveClass->findData(positive));
    }
    showStatistics();
}

void FeatureForm::showStatistics()
{
    if (!m_statistics || !m_document || m_feature < 0)
        return;
    const Result<FeatureStatistics>* statistics = m_summaries.statistics(m_feature);
    QString text = statistics ? QString() : tr("Computing statistics…");
    if (statistics)
        text =
            *statistics ? statisticsText(settings(), **statistics) : (*statistics).error().message;
    m_statistics->setRole(statistics && !*statistics ? Role::LevelError : Role::TextSecondary);
    m_statistics->setText(text);
    m_statistics->setVisible(!text.isEmpty());
}

void FeatureForm::rename()
{
    if (m_document && m_name && m_feature >= 0 &&
        m_feature < m_document->settings().features.size() && m_name->text() != settings().name)
        set(m_name, tr("Rename feature"), u"name"_s, m_name->text());
}

void FeatureForm::set(QWidget* field, const QString& undoText, const QString& key,
                      const QString& value)
{
    if (m_document)
        showOutcome(field,
                    m_document->set(undoText, u"feature.%1.%2"_s.arg(settings().name, key), value));
}

void FeatureForm::edit(QWidget* field, const QString& undoText, const Change& change,
                       const QString& mergeKey)
{
    if (!m_document)
        return;
    DatasetSettings changed = m_document->settings();
    change(changed.features[m_feature]);
    showOutcome(field, m_document->edit(undoText, changed, mergeKey));
}

/// A change that was made may have built the form anew: then its field stands there no more.
void FeatureForm::showOutcome(QWidget* field, const Status& status)
{
    refresh();
    if (m_rows->isAncestorOf(field))
        m_rows->setError(field, status ? QString() : status.error().message);
}

/// A transformation needs a size: that of the images, until a person chooses another.
void FeatureForm::setTransformation(QWidget* field, ImageTransformation transformation)
{
    const Shape& shape = m_document->dataset()->column(m_feature).schema().shape;
    edit(field, tr("Change transformation"), [&](FeatureSettings& feature) {
        feature.transformation = transformation;
        if (transformation == ImageTransformation::None) {
            feature.width = feature.height = 0;
        } else if (feature.width == 0 && shape.rank() >= 2) {
            feature.height = int(std::min<qint64>(shape[0], FeatureSettings::LargestSide));
            feature.width = int(std::min<qint64>(shape[1], FeatureSettings::LargestSide));
        }
    });
}

} // namespace espalier
