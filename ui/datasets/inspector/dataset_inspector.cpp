#include "ui/datasets/inspector/dataset_inspector.h"

#include "core/project/documents/dataset_document.h"
#include "ui/datasets/dataset_text.h"
#include "ui/datasets/icon_label.h"
#include "ui/datasets/inspector/feature_form.h"
#include "ui/datasets/inspector/subsets_panel.h"
#include "ui/widgets/number_text.h"
#include "ui/widgets/one_line.h"
#include "ui/widgets/widgets.h"

#include <QScrollArea>
#include <QVBoxLayout>

namespace espalier {

DatasetInspector::DatasetInspector(FeatureSummaries& summaries, SubsetReporter& reporter,
                                   QWidget* parent)
    : QWidget(parent)
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(createHeader());
    m_content = createContent(summaries, reporter);
    layout->addWidget(createPanelScroll(m_content, this), 1);
    refresh();
}

HeaderBar* DatasetInspector::createHeader()
{
    auto* header = new HeaderBar(this);
    m_icon = new IconLabel({}, Role::AccentInk, header);
    m_title = new TextLabel({}, TextStyle::Heading, Role::TextPrimary, header);
    m_title->setElided(true);
    m_position = new TextLabel({}, TextStyle::Small, Role::TextSecondary, header);
    header->addLeft(m_icon);
    header->addLeft(m_title);
    header->addRight(m_position);
    return header;
}

QWidget* DatasetInspector::createContent(FeatureSummaries& summaries, SubsetReporter& reporter)
{
    auto* content = new QWidget(this);
    auto* layout = new QVBoxLayout(content);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(16);
    m_form = new FeatureForm(summaries, content);
    m_noFeature = new TextLabel(tr("Click a column to see the settings of its feature."),
                                TextStyle::Small, Role::TextSecondary, content);
    m_noFeature->setWordWrap(true);
    m_subsets = new SubsetsPanel(reporter, content);
    layout->addWidget(m_form);
    layout->addWidget(m_noFeature);
    layout->addWidget(new Hairline(Qt::Horizontal, content));
    layout->addWidget(m_subsets);
    layout->addStretch(1); // all of it, or lines drift apart
    return content;
}

void DatasetInspector::setDocument(DatasetDocument* document)
{
    m_form->setFeature(nullptr, -1);
    m_document = document;
    m_feature = -1;
    m_subsets->setDocument(document);
    refresh();
}

void DatasetInspector::setFeature(int feature)
{
    m_feature = feature;
    refresh();
}

void DatasetInspector::refresh()
{
    if (m_document && m_feature >= m_document->settings().features.size())
        m_feature = -1;
    m_content->setVisible(m_document);
    m_form->setFeature(m_document, m_feature);
    m_form->setVisible(m_feature >= 0);
    m_noFeature->setVisible(m_feature < 0);
    m_subsets->refresh();
    showHeader();
}

void DatasetInspector::showHeader()
{
    const bool hasFeature = m_document && m_feature >= 0;
    m_icon->setVisible(hasFeature);
    m_position->setVisible(hasFeature);
    if (!hasFeature) {
        m_title->setText(tr("Inspector"));
        return;
    }
    const FeatureSettings& feature = m_document->settings().features[m_feature];
    m_icon->setIcon(encodingIcon(feature.encoding));
    m_title->setText(oneLine(feature.name));
    m_position->setText(
        tr("Feature %1 of %2")
            .arg(countText(m_feature + 1), countText(m_document->settings().features.size())));
}

} // namespace espalier
