#include <QDir>
#include <QDirIterator>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;

/// The window's program as a person starts it who wonders whether it is whole.
class SelfTestTest final : public QObject {
    Q_OBJECT

private:
    struct Outcome {
        int status = -1;
        QString text;
    };

    QTemporaryDir m_home;

    [[nodiscard]] Outcome run(const QStringList& arguments, const QString& temporary) const
    {
        QProcess program;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        for (const QString& display : {u"DISPLAY"_s, u"WAYLAND_DISPLAY"_s, u"QT_QPA_PLATFORM"_s})
            environment.remove(display);
        environment.insert(u"HOME"_s, m_home.path());
        for (const QString& place : {u"XDG_CONFIG_HOME"_s, u"XDG_CACHE_HOME"_s, u"XDG_DATA_HOME"_s})
            environment.insert(place, m_home.path());
        environment.insert(u"TMPDIR"_s, temporary);
        program.setProcessEnvironment(environment);
        program.start(QStringLiteral(ESPALIER_WINDOW), arguments);
        if (!program.waitForFinished(60'000) || program.exitStatus() != QProcess::NormalExit)
            return {-1, QString::fromUtf8(program.readAllStandardError())};
        return {program.exitCode(), QString::fromUtf8(program.readAllStandardOutput())};
    }

private Q_SLOTS:
    void wholeProgramPasses()
    {
        QTemporaryDir temporary;
        const Outcome outcome = run({u"--self-test"_s}, temporary.path());
        QVERIFY2(outcome.status == 0, qPrintable(outcome.text));
        for (const QString& check : {u"Images"_s, u"TLS"_s, u"Archives"_s, u"Project"_s,
                                     u"Training"_s, u"Datasets, Modeling, Evaluation"_s})
            QVERIFY2(outcome.text.contains(check), qPrintable(check));
        QVERIFY(!outcome.text.contains(u"FAIL"_s));
    }

    void leavesNothingBehind()
    {
        QTemporaryDir temporary;
        QCOMPARE(run({u"--self-test"_s}, temporary.path()).status, 0);
        for (const QString& folder : {temporary.path(), m_home.path()}) {
            QDirIterator left(folder, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
            QVERIFY2(!left.hasNext(), qPrintable(left.next()));
        }
    }

    void failureIsToldByTheExitStatus()
    {
        const Outcome outcome = run({u"--self-test"_s}, u"/dev/null"_s);
        QCOMPARE(outcome.status, 1);
        QVERIFY2(outcome.text.contains(u"FAIL  Folder"_s), qPrintable(outcome.text));
    }

    void printsWithoutDisplay_data()
    {
        QTest::addColumn<QString>("argument");
        QTest::addColumn<QString>("expected");
        QTest::newRow("version") << u"--version"_s << QStringLiteral(ESPALIER_VERSION);
        QTest::newRow("help") << u"--help"_s << u"--self-test"_s;
    }

    void printsWithoutDisplay()
    {
        QFETCH(QString, argument);
        QFETCH(QString, expected);
        QTemporaryDir temporary;
        const Outcome outcome = run({argument}, temporary.path());
        QCOMPARE(outcome.status, 0);
        QVERIFY2(outcome.text.contains(expected), qPrintable(outcome.text));
    }
};

QTEST_GUILESS_MAIN(SelfTestTest)
#include "tst_self_test.moc"
