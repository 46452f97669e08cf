#include <QDir>
#include <QDirIterator>
#include <QHash>
#include <QRegularExpression>
#include <QSet>
#include <QTest>

using namespace Qt::StringLiterals;

namespace {

struct SourceFile {
    QString path; ///< from the repository root
    QStringList lines;
    QString module; ///< "graph" for core/graph/…, "app", "ui"

    [[nodiscard]] bool isHeader() const { return path.endsWith(u".h"_s); }
};

QString moduleOf(const QString& path)
{
    const QStringList parts = path.split(u'/');
    return parts.value(0) == u"core"_s ? parts.value(1) : parts.value(0);
}

QList<SourceFile> readSources()
{
    const QDir root(QStringLiteral(ESPALIER_SOURCE_DIR));
    QList<SourceFile> files;
    for (const QString& top : {u"app"_s, u"core"_s, u"ui"_s}) {
        QDirIterator walk(root.filePath(top), {u"*.h"_s, u"*.cpp"_s}, QDir::Files,
                          QDirIterator::Subdirectories);
        while (walk.hasNext()) {
            QFile file(walk.next());
            if (!file.open(QIODevice::ReadOnly))
                qFatal("cannot read %s", qUtf8Printable(file.fileName()));
            const QString path = root.relativeFilePath(file.fileName());
            files.append({path, QString::fromUtf8(file.readAll()).split(u'\n'), moduleOf(path)});
        }
    }
    return files;
}

/// What each module may include, besides itself.
const QHash<QString, QSet<QString>>& allowedModules()
{
    static const QSet<QString> core{u"base"_s,       u"graph"_s,    u"dataset"_s,   u"nn"_s,
                                    u"evaluation"_s, u"training"_s, u"inference"_s, u"project"_s};
    static const QHash<QString, QSet<QString>> table{
        {u"base"_s, {}},
        {u"graph"_s, {u"base"_s}},
        {u"dataset"_s, {u"base"_s}},
        {u"nn"_s, {u"base"_s, u"graph"_s, u"dataset"_s}},
        {u"evaluation"_s, {u"base"_s, u"graph"_s, u"dataset"_s, u"nn"_s}},
        {u"training"_s, {u"base"_s, u"graph"_s, u"dataset"_s, u"nn"_s, u"evaluation"_s}},
        {u"inference"_s, {u"base"_s, u"graph"_s, u"dataset"_s, u"nn"_s}},
        {u"project"_s,
         {u"base"_s, u"graph"_s, u"dataset"_s, u"nn"_s, u"evaluation"_s, u"training"_s}},
        {u"ui"_s, core},
        {u"app"_s, core + QSet<QString>{u"ui"_s}},
    };
    return table;
}

/// Modules whose .cpp files may know torch.
const QSet<QString>& torchModules()
{
    static const QSet<QString> modules{u"nn"_s, u"evaluation"_s, u"training"_s, u"inference"_s};
    return modules;
}

QString included(const QString& line)
{
    static const QRegularExpression pattern(u"^\\s*#\\s*include\\s*[<\"]([^>\"]+)[>\"]"_s);
    return pattern.match(line).captured(1);
}

bool isOwnInclude(const QString& include)
{
    return include.startsWith(u"core/"_s) || include.startsWith(u"app/"_s) ||
           include.startsWith(u"ui/"_s);
}

bool isTorchInclude(const QString& include)
{
    return include.startsWith(u"torch/"_s) || include.startsWith(u"ATen/"_s) ||
           include.startsWith(u"c10/"_s);
}

} // namespace

class LayersTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void includesPointLeft();
    void includesStartAtTheRoot();
    void coreHasNoWindows();
    void torchStaysPrivate();
    void threadRulesHold();
    void filesKeepTheirSize();
    void foldersAreNotCrowded();
    void classesHaveNamesOfTheirOwn();

private:
    template <typename Check>
    void eachLine(Check check)
    {
        QStringList offences;
        for (const SourceFile& file : m_files)
            for (qsizetype i = 0; i < file.lines.size(); ++i)
                if (check(file, file.lines.at(i)))
                    offences.append(
                        u"%1:%2: %3"_s.arg(file.path).arg(i + 1).arg(file.lines.at(i).trimmed()));
        QVERIFY2(offences.isEmpty(), qUtf8Printable(offences.join(u'\n')));
    }

    QList<SourceFile> m_files;
};

void LayersTest::initTestCase()
{
    m_files = readSources();
    QVERIFY(m_files.size() > 30);
    for (const SourceFile& file : std::as_const(m_files))
        QVERIFY2(allowedModules().contains(file.module), qUtf8Printable(file.path));
}

void LayersTest::includesPointLeft()
{
    eachLine([](const SourceFile& file, const QString& line) {
        const QString include = included(line);
        const QString module = moduleOf(include);
        return isOwnInclude(include) && module != file.module &&
               !allowedModules().value(file.module).contains(module);
    });
}

void LayersTest::includesStartAtTheRoot()
{
    eachLine([](const SourceFile&, const QString& line) {
        const QString include = included(line);
        return line.contains(u'"') && !include.isEmpty() && !include.endsWith(u".moc"_s) &&
               !include.startsWith(u"moc_"_s) && !isOwnInclude(include);
    });
}

void LayersTest::coreHasNoWindows()
{
    static const QRegularExpression windows(
        u"^(QtWidgets|QtCharts|QtPrintSupport|QWidget|QApplication|QMessageBox|QChart|"
        "spdlog/sinks/qt_sinks)"_s);
    eachLine([](const SourceFile& file, const QString& line) {
        return file.path.startsWith(u"core/"_s) && windows.match(included(line)).hasMatch();
    });
}

void LayersTest::torchStaysPrivate()
{
    eachLine([](const SourceFile& file, const QString& line) {
        if (!isTorchInclude(included(line)) && !included(line).startsWith(u"core/nn/torch/"_s))
            return false;
        if (file.isHeader())
            return !file.path.startsWith(u"core/nn/torch/"_s);
        return !torchModules().contains(file.module);
    });
}

void LayersTest::threadRulesHold()
{
    static const QRegularExpression forbidden(u"\\bprocessEvents\\s*\\(|->terminate\\s*\\("_s);
    eachLine(
        [](const SourceFile&, const QString& line) { return forbidden.match(line).hasMatch(); });
}

void LayersTest::filesKeepTheirSize()
{
    QStringList offences;
    for (const SourceFile& file : std::as_const(m_files)) {
        const qsizetype limit = file.isHeader() ? 300 : 600;
        if (file.lines.size() > limit)
            offences.append(u"%1 has %2 lines"_s.arg(file.path).arg(file.lines.size()));
    }
    QVERIFY2(offences.isEmpty(), qUtf8Printable(offences.join(u'\n')));
}

void LayersTest::foldersAreNotCrowded()
{
    QHash<QString, int> counts;
    for (const SourceFile& file : std::as_const(m_files))
        ++counts[file.path.section(u'/', 0, -2)];
    for (auto it = counts.cbegin(); it != counts.cend(); ++it)
        QVERIFY2(it.value() <= 25, qUtf8Printable(u"%1: %2 files"_s.arg(it.key()).arg(it.value())));
}

/// All live in one namespace: two classes of one name are two definitions of one, which no linker
/// reports.
void LayersTest::classesHaveNamesOfTheirOwn()
{
    static const QRegularExpression definition(
        u"^(?:class|struct) ([A-Z]\\w+)(?: final)?(?: :.*|\\s*\\{.*)?$"_s);
    QHash<QString, QString> places;
    QStringList offences;
    for (const SourceFile& file : m_files) {
        if (!file.isHeader())
            continue;
        for (const QString& line : file.lines) {
            const QString name = definition.match(line).captured(1);
            if (name.isEmpty() || line.endsWith(u';'))
                continue;
            if (const QString other = places.value(name); !other.isEmpty() && other != file.path)
                offences.append(u"%1: %2 and %3"_s.arg(name, other, file.path));
            places.insert(name, file.path);
        }
    }
    QVERIFY(places.size() > 100);
    QVERIFY2(offences.isEmpty(), qUtf8Printable(offences.join(u'\n')));
}

QTEST_GUILESS_MAIN(LayersTest)
#include "tst_layers.moc"
