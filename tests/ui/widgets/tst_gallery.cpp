#include "ui/theme/espalier_style.h"
#include "ui/theme/theme.h"
#include "ui/widgets/list_row_delegate.h"
#include "ui/widgets/widgets.h"

#include <QAction>
#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QDir>
#include <QDoubleSpinBox>
#include <QGridLayout>
#include <QHeaderView>
#include <QListView>
#include <QMenu>
#include <QPainter>
#include <QPlainTextEdit>
#include <QRadioButton>
#include <QScrollArea>
#include <QSlider>
#include <QSplitter>
#include <QStandardItemModel>
#include <QTableView>
#include <QTest>
#include <QTreeView>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;
using namespace espalier;

namespace {

QVBoxLayout* addColumn(QHBoxLayout& row)
{
    auto* column = new QVBoxLayout;
    column->setSpacing(10);
    row.addLayout(column, 1);
    return column;
}

QWidget* createRow(const QList<QWidget*>& widgets)
{
    auto* row = new QWidget;
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    for (QWidget* widget : widgets)
        layout->addWidget(widget);
    layout->addStretch(1);
    return row;
}

template <typename Widget>
Widget* disabled(Widget* widget)
{
    widget->setEnabled(false);
    return widget;
}

template <typename Widget>
Widget* checked(Widget* widget)
{
    widget->setCheckable(true);
    widget->setChecked(true);
    return widget;
}

void addButtons(QVBoxLayout& column)
{
    for (const auto& [kind, text] :
         {std::pair{ButtonKind::Main, u"Run"_s}, std::pair{ButtonKind::Normal, u"Open"_s},
          std::pair{ButtonKind::Quiet, u"Duplicate"_s}}) {
        QPushButton* pressed = createButton(kind, u"Pressed"_s);
        pressed->setDown(true);
        column.addWidget(
            createRow({createButton(kind, text, u"play"_s), createButton(kind, text), pressed,
                       disabled(createButton(kind, u"Disabled"_s, u"play"_s))}));
    }
    auto* menu = createButton(ButtonKind::Quiet, u"Clothes"_s, u"mark"_s);
    menu->setMenu(new QMenu(menu));
    column.addWidget(createRow({menu, createIconButton(u"undo"_s, u"Undo"_s),
                                disabled(createIconButton(u"redo"_s, u"Redo"_s)),
                                checked(createIconButton(u"minimap"_s, u"Minimap"_s)),
                                createIconButton(u"more"_s, u"More"_s)}));
    auto* segments = new SegmentedControl({u"Curves"_s, u"Compare"_s, u"Predictions"_s});
    segments->setSegmentEnabled(2, false, u"Nothing has run yet"_s);
    auto* running = new Chip;
    running->set(u"play"_s, u"Running"_s, Role::AccentInk, Role::Selection);
    auto* created = new Chip;
    created->set({}, u"Created"_s);
    column.addWidget(createRow({segments}));
    column.addWidget(createRow({running, created}));
    auto* tabs = new TabStrip;
    for (const QString& tab : {u"Datasets"_s, u"Modeling"_s, u"Evaluation"_s})
        tabs->addTab(tab);
    tabs->setCurrentIndex(1);
    tabs->setFixedHeight(48);
    column.addWidget(createRow({tabs}));
    auto* progress = new ProgressLine;
    progress->setValue(0.64);
    column.addWidget(progress);
    auto* slider = new QSlider(Qt::Horizontal);
    slider->setValue(60);
    auto* off = disabled(new QSlider(Qt::Horizontal));
    column.addWidget(createRow({slider, off}));
}

QComboBox* createBox(const QStringList& items)
{
    auto* box = new QComboBox;
    box->addItems(items);
    return box;
}

FormRows* createForm()
{
    auto* form = new FormRows;
    form->addRow(u"Name"_s, new QLineEdit(u"2D Convolution 2"_s));
    auto* filters = new QSpinBox;
    filters->setObjectName(u"filters"_s);
    filters->setRange(1, 4096);
    filters->setValue(64);
    form->addRow(u"Filters"_s, filters);
    form->addRow(u"Rate"_s, new QDoubleSpinBox);
    form->addRow(u"Padding"_s, createBox({u"Same"_s, u"Valid"_s}));
    auto* wrong = new QSpinBox;
    form->addRow(u"Horizontal stride"_s, wrong);
    form->setError(wrong, u"The stride is at least 1"_s);
    form->addRow(u"Initializer"_s, disabled(createBox({u"Glorot uniform"_s})));
    form->addRow(u"Dilation"_s, disabled(new QSpinBox));
    auto* locked = new QLineEdit(u"FashionMNIST, 1"_s);
    locked->setReadOnly(true);
    form->addRow(u"Dataset version"_s, locked);
    auto* empty = new QLineEdit;
    empty->setPlaceholderText(u"Optional"_s);
    form->addRow(u"Comment"_s, empty);
    auto* notes = new QPlainTextEdit(u"A few lines of text\nin a field of its own"_s);
    notes->setFixedHeight(64);
    form->addRow(u"Notes"_s, notes);
    auto* bias = new QCheckBox(u"Use bias"_s);
    bias->setChecked(true);
    auto* partly = new QCheckBox(u"Partly"_s);
    partly->setTristate(true);
    partly->setCheckState(Qt::PartiallyChecked);
    form->addWide(createRow(
        {bias, new QCheckBox(u"Trainable"_s), partly, disabled(new QCheckBox(u"Off"_s))}));
    auto* one = new QRadioButton(u"Random"_s);
    one->setChecked(true);
    form->addWide(
        createRow({one, new QRadioButton(u"In order"_s), disabled(new QRadioButton(u"Off"_s))}));
    return form;
}

void addExperiment(QStandardItemModel& model, const QStringList& texts, const QString& icon,
                   Role ink, bool tick)
{
    auto* item = new QStandardItem(texts[0]);
    item->setData(texts[1], ListRowDelegate::SecondLineRole);
    item->setData(icon, ListRowDelegate::StateIconRole);
    item->setData(int(ink), ListRowDelegate::StateInkRole);
    if (tick) {
        item->setData(texts[2], ListRowDelegate::MetricRole);
        item->setData(texts[3], ListRowDelegate::MetricDetailRole);
        item->setCheckable(true);
    }
    model.appendRow(item);
}

QStandardItemModel* createExperiments(QObject* parent, bool tick)
{
    auto* model = new QStandardItemModel(parent);
    addExperiment(*model, {u"CNN"_s, u"6 of 10 epochs"_s, u"0.9120"_s, u"@ 6"_s}, u"play"_s,
                  Role::AccentInk, tick);
    addExperiment(*model, {u"CNN with dropout"_s, u"Queued, next"_s, u"–"_s, {}}, u"clock"_s,
                  Role::TextSecondary, tick);
    addExperiment(*model, {u"Dense, 2 layers"_s, u"Completed"_s, u"0.8742"_s, u"@ 8"_s}, u"done"_s,
                  Role::LevelDone, tick);
    addExperiment(*model,
                  {u"A very long name that a person gave"_s, u"Stopped"_s, u"0.8433"_s, u"@ 4"_s},
                  u"stopped"_s, Role::TextSecondary, tick);
    addExperiment(*model, {u"First try"_s, u"Failed · NaN loss"_s, u"–"_s, {}}, u"failed"_s,
                  Role::LevelError, tick);
    if (tick)
        model->item(2)->setCheckState(Qt::Checked);
    if (tick)
        model->item(2)->setData(Theme::light().series(1), ListRowDelegate::TickColorRole);
    model->item(1)->setData(tick ? -1.0 : 0.6, ListRowDelegate::ProgressRole);
    return model;
}

QListView* createList(bool tick)
{
    auto* list = new QListView;
    setUpListRows(*list)->setHasMenu(!tick);
    list->setModel(createExperiments(list, tick));
    list->setCurrentIndex(list->model()->index(0, 0));
    list->setFixedSize(260, 264);
    return list;
}

QTableView* createTable()
{
    auto* table = new QTableView;
    auto* model = new QStandardItemModel(table);
    model->setHorizontalHeaderLabels({u"Epoch"_s, u"Accuracy"_s, u"Loss"_s});
    for (int row = 0; row < 12; ++row) {
        QList<QStandardItem*> items{new QStandardItem(QString::number(12 - row)),
                                    new QStandardItem(u"0.9120"_s), new QStandardItem(u"0.2449"_s)};
        for (QStandardItem* item : items.mid(1))
            item->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
        model->appendRow(items);
    }
    for (int column = 1; column < 3; ++column)
        model->setHeaderData(column, Qt::Horizontal, int(Qt::AlignRight | Qt::AlignVCenter),
                             Qt::TextAlignmentRole);
    table->setModel(model);
    table->verticalHeader()->hide();
    table->setSelectionBehavior(QAbstractItemView::SelectRows);
    table->setSortingEnabled(true);
    table->sortByColumn(1, Qt::DescendingOrder);
    table->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    table->selectRow(1);
    table->setFixedHeight(180);
    return table;
}

QTreeView* createTree()
{
    auto* tree = new QTreeView;
    auto* model = new QStandardItemModel(tree);
    auto* parent = new QStandardItem(themeIcon(u"folder"_s), u"FashionMNIST"_s);
    parent->appendRow(new QStandardItem(u"Version 1"_s));
    parent->appendRow(new QStandardItem(u"Version 2"_s));
    model->appendRow(parent);
    auto* other = new QStandardItem(u"Shop photos"_s);
    other->appendRow(new QStandardItem(u"Version 1"_s));
    model->appendRow(other);
    tree->setModel(model);
    tree->setHeaderHidden(true);
    tree->expand(parent->index());
    tree->setCurrentIndex(parent->child(1)->index());
    tree->setFixedHeight(130);
    return tree;
}

QWidget* createGallery()
{
    auto* gallery = new QWidget;
    auto* column = new QVBoxLayout(gallery);
    column->setContentsMargins(0, 0, 0, 0);
    auto* header = new HeaderBar;
    header->addLeft(new TextLabel(u"CNN"_s, TextStyle::Heading));
    auto* chip = new Chip;
    chip->set(u"lock"_s, u"Saved"_s);
    header->addLeft(chip);
    header->addRight(createIconButton(u"undo"_s, u"Undo"_s));
    header->addRightSeparator();
    header->addRight(createIconButton(u"trash"_s, u"Delete"_s));
    column->addWidget(header);
    auto* row = new QHBoxLayout;
    row->setContentsMargins(16, 8, 16, 16);
    row->setSpacing(24);
    column->addLayout(row);
    QVBoxLayout* first = addColumn(*row);
    addButtons(*first);
    first->addWidget(createTable());
    first->addStretch(1);
    QVBoxLayout* second = addColumn(*row);
    second->addWidget(createForm());
    second->addWidget(createTree());
    second->addStretch(1);
    QVBoxLayout* third = addColumn(*row);
    third->addWidget(createSearchField(u"Search experiments"_s));
    third->addWidget(createList(false));
    third->addWidget(createList(true));
    third->addStretch(1);
    QVBoxLayout* fourth = addColumn(*row);
    fourth->addWidget(new EmptyState(u"table"_s, u"No datasets yet"_s,
                                     u"Import files or take the sample from the Data library."_s,
                                     new QAction(themeIcon(u"plus"_s), u"New dataset"_s, gallery)));
    for (const TextStyle style :
         {TextStyle::Figure, TextStyle::Title, TextStyle::Heading, TextStyle::BodyStrong,
          TextStyle::BodyMedium, TextStyle::Body, TextStyle::Small, TextStyle::Caption})
        fourth->addWidget(new TextLabel(u"Espalier 0.9120 · 28×28×1"_s, style));
    return gallery;
}

QMenu* createMenu(QWidget* parent)
{
    auto* menu = new QMenu(parent);
    QAction* duplicate = menu->addAction(themeIcon(u"duplicate"_s), u"Duplicate"_s);
    duplicate->setShortcut(Qt::CTRL | Qt::Key_D);
    menu->addAction(u"Rename"_s)->setShortcut(Qt::Key_F2);
    menu->addSeparator();
    QAction* tick = menu->addAction(u"Show minimap"_s);
    tick->setCheckable(true);
    tick->setChecked(true);
    menu->addMenu(u"Export"_s)->addAction(u"PNG"_s);
    menu->addAction(themeIcon(u"trash"_s), u"Delete"_s)->setEnabled(false);
    menu->setActiveAction(duplicate);
    return menu;
}

/// Every icon at 16 px, in columns.
QImage drawIcons(const Theme& theme)
{
    const QStringList files = QDir(u":/icons"_s).entryList();
    constexpr int columns = 14, cell = 40;
    const int rows = (static_cast<int>(files.size()) + columns - 1) / columns;
    QImage image(QSize(columns * cell, rows * cell) * 2, QImage::Format_RGB32);
    image.setDevicePixelRatio(2);
    image.fill(theme.color(Role::Window));
    QPainter painter(&image);
    for (int i = 0; i < files.size(); ++i)
        paintIcon(painter, files[i].chopped(4),
                  QRectF(i % columns * cell + 12, i / columns * cell + 12, 16, 16),
                  theme.color(Role::TextPrimary));
    return image;
}

} // namespace

/// Everything the look has, in both themes; names a folder in ESPALIER_SCREENSHOTS to see it.
class TestGallery final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void showsEverything_data();
    void showsEverything();
    void fitsItsTexts();

private:
    void save(const QImage& image, const QString& name) const;
};

void TestGallery::initTestCase()
{
    QFont font(u"Inter"_s);
    font.setPixelSize(13);
    QApplication::setFont(font);
}

void TestGallery::save(const QImage& image, const QString& name) const
{
    const QString folder = qEnvironmentVariable("ESPALIER_SCREENSHOTS");
    if (!folder.isEmpty())
        QVERIFY(image.save(QDir(folder).filePath(name + u".png"_s)));
}

void TestGallery::showsEverything_data()
{
    QTest::addColumn<bool>("dark");
    QTest::newRow("light") << false;
    QTest::newRow("dark") << true;
}

void TestGallery::showsEverything()
{
    QFETCH(const bool, dark);
    applyTheme(*qApp, dark ? ThemeChoice::Dark : ThemeChoice::Light);
    const Theme& theme = dark ? Theme::dark() : Theme::light();
    const QString suffix = dark ? u"-dark"_s : u"-light"_s;
    std::unique_ptr<QWidget> gallery(createGallery());
    gallery->resize(1280, 800);
    gallery->show();
    gallery->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(gallery.get()));
    gallery->findChild<QSpinBox*>(u"filters"_s)->setFocus();
    const QImage image = gallery->grab().toImage();
    save(image, u"gallery"_s + suffix);
    QCOMPARE(image.pixelColor(2, 400), theme.color(Role::Window));
    // Nothing of the base style's own palette is left.
    for (const Role role : {Role::Accent, Role::Border, Role::BorderControl, Role::BorderButton,
                            Role::Surface, Role::TextPrimary, Role::TextSecondary,
                            Role::TextDisabled, Role::SelectionInactive, Role::Focus})
        QVERIFY2(
            [&] {
                const QRgb wanted = theme.color(role).rgb();
                for (int y = 0; y < image.height(); ++y)
                    for (int x = 0; x < image.width(); ++x)
                        if (image.pixel(x, y) == wanted)
                            return true;
                return false;
            }(),
            qPrintable(QString::number(int(role))));
    QWidget* button = gallery->findChildren<QPushButton*>().first();
    QTest::keyClick(gallery.get(), Qt::Key_Shift);
    button->setFocus();
    QTest::keyClick(button, Qt::Key_F13);
    save(gallery->grab().toImage(), u"gallery-focus"_s + suffix);
    std::unique_ptr<QMenu> menu(createMenu(nullptr));
    menu->adjustSize();
    save(menu->grab().toImage(), u"menu"_s + suffix);
    save(drawIcons(theme), u"icons"_s + suffix);
    auto* box = gallery->findChild<QComboBox*>();
    box->showPopup();
    save(box->view()->window()->grab().toImage(), u"popup"_s + suffix);
    box->hidePopup();
}

void TestGallery::fitsItsTexts()
{
    applyTheme(*qApp, ThemeChoice::Light);
    std::unique_ptr<QWidget> gallery(createGallery());
    gallery->resize(1280, 800);
    gallery->show();
    for (const QAbstractButton* button : gallery->findChildren<QAbstractButton*>())
        QVERIFY2(qobject_cast<QLineEdit*>(button->parent()) ||
                     button->size() == button->size().expandedTo(button->sizeHint()),
                 qPrintable(button->text()));
    for (const QComboBox* box : gallery->findChildren<QComboBox*>())
        QVERIFY2(box->width() >= box->sizeHint().width(), qPrintable(box->currentText()));
}

QTEST_MAIN(TestGallery)
#include "tst_gallery.moc"
