#include "core/project/store/names.h"

#include <QTest>

using namespace espalier;
using namespace Qt::StringLiterals;

class TestNames : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void tidies_data();
    void tidies();
    void refuses_data();
    void refuses();
    void comparesWithoutCase();
    void makesFolderNames_data();
    void makesFolderNames();
    void listsNames();
};

void TestNames::tidies_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("tidy");
    QTest::newRow("plain") << u"CNN"_s << u"CNN"_s;
    QTest::newRow("blanks around") << u"  My model \n"_s << u"My model"_s;
    QTest::newRow("inner blanks stay") << u"a  b"_s << u"a  b"_s;
    QTest::newRow("emoji") << u"🌳🍐"_s << u"🌳🍐"_s;
    QTest::newRow("quotes and slashes") << u"it's \"a/b\\c\""_s << u"it's \"a/b\\c\""_s;
    QTest::newRow("one spelling") << u"A\u0308pfel"_s << u"Äpfel"_s;
    QTest::newRow("500 letters") << QString(500, u'ß') << QString(500, u'ß');
}

void TestNames::tidies()
{
    QFETCH(QString, name);
    const auto tidy = tidyName(name, u"experiment"_s);
    QVERIFY(tidy);
    QTEST(*tidy, "tidy");
}

void TestNames::refuses_data()
{
    QTest::addColumn<QString>("name");
    QTest::newRow("nothing") << QString();
    QTest::newRow("blanks") << u" \t\n "_s;
    QTest::newRow("line break") << u"a\nb"_s;
    QTest::newRow("null character") << u"a"_s + QChar(u'\0') + u"b"_s;
    QTest::newRow("half a character") << u"a"_s + QChar(0xD83C);
}

void TestNames::refuses()
{
    QFETCH(QString, name);
    const auto tidy = tidyName(name, u"experiment"_s);
    QVERIFY(!tidy);
    QCOMPARE(tidy.error().code, ErrorCode::InvalidInput);
    QVERIFY(tidy.error().message.contains(u"experiment"_s));
}

void TestNames::comparesWithoutCase()
{
    QCOMPARE(nameKey(u" ÄPFEL "_s), nameKey(u"a\u0308pfel"_s));
    QCOMPARE(nameKey(u"STRASSE"_s), nameKey(u"Strasse"_s));
    QVERIFY(nameKey(u"a b"_s) != nameKey(u"ab"_s));
}

void TestNames::makesFolderNames_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("folder");
    QTest::newRow("plain") << u"Clothes"_s << u"clothes"_s;
    QTest::newRow("blanks") << u"My first project"_s << u"my-first-project"_s;
    QTest::newRow("marks") << u"fünf/Äpfel"_s << u"funf-apfel"_s;
    QTest::newRow("way out") << u"../../etc"_s << u"etc"_s;
    QTest::newRow("emoji") << u"🌳"_s << u"project"_s;
    QTest::newRow("device") << u"NUL"_s << u"project-nul"_s;
    QTest::newRow("port") << u"com1"_s << u"project-com1"_s;
    QTest::newRow("word that starts so") << u"community"_s << u"community"_s;
    QTest::newRow("hidden") << u".git"_s << u"git"_s;
    QTest::newRow("long") << QString(500, u'x') << QString(60, u'x');
    QTest::newRow("cut at a blank") << QString(59, u'x') + u" y"_s << QString(59, u'x');
}

void TestNames::makesFolderNames()
{
    QFETCH(QString, name);
    QTEST(folderNameFor(name), "folder");
}

void TestNames::listsNames()
{
    QCOMPARE(listOfNames({}), QString());
    QCOMPARE(listOfNames({u"a"_s}), u"a"_s);
    QCOMPARE(listOfNames({u"a"_s, u"b"_s, u"c"_s}), u"a, b and c"_s);
    const QStringList many(25, u"x"_s);
    QVERIFY(listOfNames(many).endsWith(u"x and 5 more"_s));
}

QTEST_GUILESS_MAIN(TestNames)
#include "tst_names.moc"
