#pragma once

#include <QAbstractItemModel>
#include <QCoreApplication>
#include <QList>

namespace espalier {

/// What can be added to a network: snippets, then blocks by group. Two levels: sections and their
/// rows; from the catalogue, immutable.
class BlockListModel final : public QAbstractItemModel {
    Q_OBJECT

public:
    enum Role {
        KeyRole = Qt::UserRole, ///< QString, of the table that the row is from
        KindRole,               ///< Kind
        HelpRole,
        SearchRole, ///< text to search in: name, help, section
        SectionRole ///< stable name of a section, for what is remembered of it
    };
    enum class Kind { Section, Snippet, Block };

    /// Of what is dragged; the data is the key.
    static constexpr const char* BlockMimeType = "application/x-espalier-block";
    static constexpr const char* SnippetMimeType = "application/x-espalier-snippet";

    explicit BlockListModel(QObject* parent = nullptr);

    [[nodiscard]] QModelIndex index(int row, int column,
                                    const QModelIndex& parent = {}) const override;
    [[nodiscard]] QModelIndex parent(const QModelIndex& child) const override;
    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex& index) const override;
    [[nodiscard]] QStringList mimeTypes() const override;
    [[nodiscard]] QMimeData* mimeData(const QModelIndexList& indexes) const override;
    [[nodiscard]] Qt::DropActions supportedDragActions() const override;

private:
    struct Row {
        Kind kind;
        QString key;
        QString name;
        QString help;
    };
    struct Section {
        QString key;
        QString name;
        QList<Row> rows;
    };
    [[nodiscard]] static QVariant rowData(const Row& row, const Section& section, int role);

    QList<Section> m_sections;
};

} // namespace espalier
