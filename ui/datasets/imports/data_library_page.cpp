#include "ui/datasets/imports/data_library_page.h"

#include "core/dataset/import/sample_clothes.h"
#include "ui/widgets/number_text.h"
#include "ui/widgets/widgets.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QPainterPath>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

/// A few garments of every class in a row.
class GarmentPicture final : public QWidget {
public:
    explicit GarmentPicture(QWidget* parent)
        : QWidget(parent)
    {
        const int classes = int(sampleClothesClasses().size());
        for (int row = 0; row < Rows; ++row)
            for (int garment = 0; garment < classes; ++garment)
                m_images.append(drawGarment(garment, quint64(row) + 3));
        setFixedSize(classes * (Side + Gap) - Gap, Rows * (Side + Gap) - Gap);
        setAccessibleName(sampleClothesClasses().join(u", "_s));
    }

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        painter.setRenderHints(QPainter::Antialiasing | QPainter::SmoothPixmapTransform);
        const int columns = int(m_images.size()) / Rows;
        for (int i = 0; i < m_images.size(); ++i) {
            const QPoint cell(i % columns, i / columns);
            const QRectF place(cell * (Side + Gap), QSizeF(Side, Side));
            QPainterPath path;
            path.addRoundedRect(place, 2, 2);
            painter.setClipPath(path);
            painter.drawImage(place, m_images[i]);
        }
    }

private:
    static constexpr int Side = 40;
    static constexpr int Gap = 6;
    static constexpr int Rows = 2;
    QList<QImage> m_images;
};

} // namespace

DataLibraryPage::DataLibraryPage(QWidget* parent)
    : QWidget(parent)
{
    const SampleClothesOptions options;
    const qsizetype classes = sampleClothesClasses().size();
    auto* line = new TextLabel(
        tr("%1 drawn garments of %2 classes, 28×28, grey: a small cousin of Fashion-MNIST that "
           "needs no network.")
            .arg(countText(options.examples), countText(classes)),
        TextStyle::Body, Role::TextSecondary, this);
    line->setWordWrap(true);
    auto* choose = createButton(ButtonKind::Normal, tr("Use Clothes"), u"plus"_s, this);
    setFocusProxy(choose);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 8, 0, 0);
    layout->setSpacing(12);
    layout->addWidget(new GarmentPicture(this), 0, Qt::AlignLeft);
    layout->addWidget(new TextLabel(tr("Clothes"), TextStyle::Heading, Role::TextPrimary, this));
    layout->addWidget(line);
    layout->addWidget(choose, 0, Qt::AlignLeft);
    layout->addStretch();
    connect(choose, &QPushButton::clicked, this,
            [this] { Q_EMIT sampleChosen(u"sample:clothes"_s); });
}

} // namespace espalier
