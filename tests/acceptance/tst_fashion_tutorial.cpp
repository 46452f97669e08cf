#include "tests/acceptance/command_line.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>
#include <QThread>
#include <memory>

using namespace Qt::StringLiterals;
using namespace espalier;

namespace {

/// Serves one file to every request, on a thread of its own.
class FileServer final {
public:
    explicit FileServer(const QString& path)
    {
        QFile file(path);
        if (file.open(QIODevice::ReadOnly))
            m_content = file.readAll();
        m_server.moveToThread(&m_thread);
        m_thread.start();
        QMetaObject::invokeMethod(
            &m_server, [this] { listen(); }, Qt::BlockingQueuedConnection);
    }

    ~FileServer()
    {
        QMetaObject::invokeMethod(
            &m_server, [this] { m_server.close(); }, Qt::BlockingQueuedConnection);
        m_thread.quit();
        m_thread.wait();
    }

    [[nodiscard]] QString link(const QString& name) const
    {
        return u"http://127.0.0.1:%1/%2"_s.arg(m_port).arg(name);
    }

private:
    void listen()
    {
        QObject::connect(&m_server, &QTcpServer::newConnection, &m_server, [this] {
            QTcpSocket* socket = m_server.nextPendingConnection();
            QObject::connect(socket, &QTcpSocket::readyRead, socket, [this, socket] {
                if (!socket->readAll().contains("\r\n\r\n"))
                    return;
                socket->write("HTTP/1.1 200 OK\r\nContent-Type: application/zip\r\n"
                              "Connection: close\r\nContent-Length: " +
                              QByteArray::number(m_content.size()) + "\r\n\r\n" + m_content);
                socket->disconnectFromHost();
            });
        });
        m_server.listen(QHostAddress::LocalHost);
        m_port = m_server.serverPort();
    }

    QByteArray m_content;
    QTcpServer m_server;
    QThread m_thread;
    quint16 m_port = 0;
};

double validationAccuracy(const QJsonObject& epoch)
{
    return epoch[u"validation"_s][u"accuracy"_s].toDouble();
}

double trainingAccuracy(const QJsonObject& epoch)
{
    return epoch[u"training"_s][u"accuracy"_s].toDouble();
}

} // namespace

/// The tutorial "Classifying images of clothes" by command line, as a person would type it.
class FashionTutorialTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void importsTheZipByLink();
    void savesTheDefaults();
    void checkNamesWhatIsMissing();
    void learns_data();
    void learns();
    void evaluates();

private:
    CommandLine m_cli;
};

void FashionTutorialTest::initTestCase()
{
    if (fashionMnistFolder().isEmpty())
        QSKIP("ESPALIER_FASHION_MNIST names no folder: the real data set is not there");
    QCOMPARE(m_cli.run({u"project"_s, u"create"_s, u"Clothes"_s}).exitStatus, 0);
}

void FashionTutorialTest::importsTheZipByLink()
{
    const FileServer server(QDir(fashionMnistFolder()).filePath(u"fashion-mnist.zip"_s));
    const CommandResult result =
        m_cli.run({u"dataset"_s, u"import"_s, server.link(u"fashion.zip"_s), u"--project"_s,
                   u"Clothes"_s, u"--name"_s, u"FashionMNIST"_s});
    QVERIFY2(result.exitStatus == 0, qUtf8Printable(result.errors));
    const QJsonObject done = result.last();
    QCOMPARE(done[u"rows"_s].toInteger(), 70'000);
    QCOMPARE(done[u"skipped"_s].toInteger(), 0);
    QCOMPARE(done[u"features"_s].toArray().size(), 2);
    qInfo("imported in %.2f s", done[u"seconds"_s].toDouble());
}

void FashionTutorialTest::savesTheDefaults()
{
    QCOMPARE(m_cli.run({u"dataset"_s, u"save"_s, u"FashionMNIST@1"_s}).exitStatus, 0);
    const QJsonArray subsets =
        m_cli.run({u"dataset"_s, u"show"_s, u"FashionMNIST@1"_s}).last()[u"subsets"_s].toArray();
    QCOMPARE(subsets.size(), 2);
    QCOMPARE(subsets[0][u"rows"_s].toInteger(), 56'000);
    QCOMPARE(subsets[1][u"rows"_s].toInteger(), 14'000);
}

void FashionTutorialTest::checkNamesWhatIsMissing()
{
    QCOMPARE(m_cli
                 .run({u"experiment"_s, u"create"_s, u"Unfinished"_s, u"--dataset"_s,
                       u"FashionMNIST@1"_s, u"--snippet"_s, u"CNN"_s})
                 .exitStatus,
             0);
    const CommandResult check = m_cli.run({u"experiment"_s, u"check"_s, u"Unfinished"_s});
    QCOMPARE(check.exitStatus, 1);
    const QString all = check.errors + QString::fromUtf8(QJsonDocument(check.last()).toJson());
    QVERIFY(all.contains(u"Input"_s));
    QVERIFY(all.contains(u"Target"_s));
}

void FashionTutorialTest::learns_data()
{
    QTest::addColumn<int>("seed");
    for (int seed : {1, 2, 3})
        QTest::addRow("seed %d", seed) << seed;
}

void FashionTutorialTest::learns()
{
    QFETCH(int, seed);
    const QString name = u"CNN %1"_s.arg(seed);
    QCOMPARE(
        m_cli
            .run({u"experiment"_s, u"create"_s, name, u"--dataset"_s, u"FashionMNIST@1"_s,
                  u"--snippet"_s, u"CNN"_s, u"--input"_s, u"image"_s, u"--target"_s, u"category"_s})
            .exitStatus,
        0);
    QCOMPARE(m_cli
                 .run({u"experiment"_s, u"set"_s, name, u"batch_size=256"_s, u"epochs=8"_s,
                       u"seed=%1"_s.arg(seed)})
                 .exitStatus,
             0);
    QCOMPARE(m_cli.run({u"experiment"_s, u"check"_s, name}).exitStatus, 0);

    const CommandResult result = m_cli.run({u"experiment"_s, u"run"_s, name});
    QVERIFY2(result.exitStatus == 0, qUtf8Printable(result.errors));
    const QList<QJsonObject> epochs = result.events(u"epoch"_s);
    QCOMPARE(epochs.size(), 8);
    double best = 0;
    for (const QJsonObject& epoch : epochs) {
        best = std::max(best, validationAccuracy(epoch));
        qInfo("epoch %d: training %.4f, validation %.4f, %.0f images/s", epoch[u"epoch"_s].toInt(),
              trainingAccuracy(epoch), validationAccuracy(epoch),
              epoch[u"examples_per_second"_s].toDouble());
    }
    QVERIFY2(best >= 0.905, qPrintable(QString::number(best)));
    const QJsonObject& last = epochs.last();
    QVERIFY(trainingAccuracy(last) > validationAccuracy(last) + 0.01);
}

void FashionTutorialTest::evaluates()
{
    const QJsonObject evaluation = m_cli.run({u"evaluate"_s, u"CNN 1"_s}).last();
    const QJsonArray confusion = evaluation[u"confusion"_s].toArray();
    QCOMPARE(confusion.size(), 10);
    qint64 total = 0;
    qint64 trace = 0;
    for (int actual = 0; actual < 10; ++actual) {
        qint64 row = 0;
        for (const QJsonValue& cell : confusion[actual].toArray())
            row += cell.toInteger();
        QCOMPARE(row, evaluation[u"per_class"_s][actual][u"support"_s].toInteger());
        trace += confusion[actual][actual].toInteger();
        total += row;
    }
    QCOMPARE(total, 14'000);
    QCOMPARE(double(trace) / double(total), evaluation[u"accuracy"_s].toDouble());
}

QTEST_GUILESS_MAIN(FashionTutorialTest)
#include "tst_fashion_tutorial.moc"
