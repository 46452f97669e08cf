#pragma once

#include <QString>
#include <QWidget>
#include <functional>

class QAbstractItemView;
class QComboBox;
class QModelIndex;

namespace espalier {

class MatrixView;
class ModelCanvas;

/// Works a window as a person does: finds things by what they say and uses them by events alone.
/// Every action waits a moment for what it needs; false: failure() says what was not there.
class Hands {
public:
    explicit Hands(QWidget& window);
    virtual ~Hands();
    Hands(const Hands&) = delete;
    Hands& operator=(const Hands&) = delete;

    /// A button, a tab or a segment, by its text or its accessible name.
    [[nodiscard]] bool press(const QString& button);
    /// Replaces what a field holds.
    [[nodiscard]] bool fill(const QString& field, const QString& text);
    [[nodiscard]] bool choose(const QString& box, const QString& item);
    /// A row of a list or tree, whose text it is; Enter or a click.
    [[nodiscard]] bool pick(const QString& list, const QString& row);
    [[nodiscard]] bool tick(const QString& list, const QString& row);
    [[nodiscard]] bool selectBlock(const QString& name);
    /// An action on a row of a list: from its menu, or by the command search.
    [[nodiscard]] bool command(const QString& list, const QString& row, const QString& action);
    /// By the names of the classes.
    [[nodiscard]] bool selectCell(const QString& matrix, const QString& actual,
                                  const QString& predicted);

    /// Whether a text is seen somewhere: in a label, on a button, in a row of a list or table.
    [[nodiscard]] bool sees(const QString& text) const;
    [[nodiscard]] bool waitFor(const QString& text, int milliseconds = Patience);
    [[nodiscard]] bool waitUntil(const std::function<bool()>& holds, int milliseconds = Patience);
    [[nodiscard]] bool isEnabled(const QString& button) const;
    [[nodiscard]] QString valueOf(const QString& field) const;
    /// The second column of a row.
    [[nodiscard]] QString valueBeside(const QString& list, const QString& row) const;

    [[nodiscard]] const QString& failure() const { return m_failure; }
    /// Pictures of the window in both themes when $ESPALIER_SCREENSHOTS names a folder.
    void picture(const QString& name) const;

protected:
    static constexpr int Patience = 10'000;

    virtual bool pressWidget(QWidget& button) = 0;
    virtual bool fillWidget(QWidget& field, const QString& text) = 0;
    virtual bool chooseIn(QComboBox& box, int item) = 0;
    virtual bool pickIn(QAbstractItemView& list, const QModelIndex& row) = 0;
    virtual bool tickIn(QAbstractItemView& list, const QModelIndex& row) = 0;
    virtual bool commandIn(QAbstractItemView& list, const QModelIndex& row,
                           const QString& action) = 0;
    virtual bool selectIn(ModelCanvas& canvas, const QString& block) = 0;
    virtual bool selectIn(MatrixView& matrix, int row, int column) = 0;

    /// The dialog in front, else the window.
    [[nodiscard]] QWidget& front() const;
    bool fail(const QString& sentence);
    void settle() const;

private:
    [[nodiscard]] QWidget* find(const QString& name,
                                const std::function<bool(QWidget&)>& fits) const;
    [[nodiscard]] QModelIndex rowIn(const QAbstractItemView& list, const QString& text) const;
    bool withRow(const QString& list, const QString& row,
                 const std::function<bool(QAbstractItemView&, const QModelIndex&)>& use);

    QWidget& m_window;
    QString m_failure;
};

/// With the pointer; types where it has clicked.
class MouseHands final : public Hands {
public:
    using Hands::Hands;

protected:
    bool pressWidget(QWidget& button) override;
    bool fillWidget(QWidget& field, const QString& text) override;
    bool chooseIn(QComboBox& box, int item) override;
    bool pickIn(QAbstractItemView& list, const QModelIndex& row) override;
    bool tickIn(QAbstractItemView& list, const QModelIndex& row) override;
    bool commandIn(QAbstractItemView& list, const QModelIndex& row, const QString& action) override;
    bool selectIn(ModelCanvas& canvas, const QString& block) override;
    bool selectIn(MatrixView& matrix, int row, int column) override;
};

/// Without a mouse: Tab, arrows, Space, Enter.
class KeyboardHands final : public Hands {
public:
    using Hands::Hands;

protected:
    bool pressWidget(QWidget& button) override;
    bool fillWidget(QWidget& field, const QString& text) override;
    bool chooseIn(QComboBox& box, int item) override;
    bool pickIn(QAbstractItemView& list, const QModelIndex& row) override;
    bool tickIn(QAbstractItemView& list, const QModelIndex& row) override;
    bool commandIn(QAbstractItemView& list, const QModelIndex& row, const QString& action) override;
    bool selectIn(ModelCanvas& canvas, const QString& block) override;
    bool selectIn(MatrixView& matrix, int row, int column) override;

private:
    /// Tab until it is there.
    bool reach(QWidget& target);
    bool key(int key, Qt::KeyboardModifiers modifiers = {});
    bool moveTo(QAbstractItemView& list, const QModelIndex& row);
};

} // namespace espalier
