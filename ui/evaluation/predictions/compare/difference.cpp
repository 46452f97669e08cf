#include "ui/evaluation/predictions/compare/difference.h"

#include "ui/widgets/number_text.h"
#include "ui/widgets/one_line.h"

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("Difference", text);
}

QString signedText(qint64 value)
{
    return value > 0 ? u"+"_s + countText(value) : countText(value);
}

bool sameRows(const EvaluationResult& a, const EvaluationResult& b)
{
    return std::ranges::equal(a.predictions, b.predictions, {}, &Prediction::row, &Prediction::row);
}

/// How many more of a cell the first has.
qint64 surplus(const PredictionPair& pair, MatrixCell cell)
{
    return pair.first->result.confusion->at(cell.row, cell.column) -
           pair.second->result.confusion->at(cell.row, cell.column);
}

/// Whether a row is behind a cell in the direction "`one` did this, `other` did not do as well".
bool isBehind(const PredictionPair& pair, MatrixCell cell, const Prediction& one,
              const Prediction& other, bool oneIsFirst)
{
    const qint64 more = surplus(pair, cell) * (oneIsFirst ? 1 : -1);
    if (more < 0 || one.actual != cell.row || one.predicted != cell.column)
        return false;
    return cell.isDiagonal() ? !isRight(other) : isRight(other);
}

} // namespace

QString whyNotComparable(const PredictionPair& pair)
{
    const QString both = tr("'%1' and '%2' cannot be subtracted from each other: %3.")
                             .arg(pair.firstName, pair.secondName);
    const auto& first = pair.first->result;
    const auto& second = pair.second->result;
    if (!first.confusion || !second.confusion)
        return both.arg(tr("a confusion matrix needs classes"));
    if (pair.first->target.name != pair.second->target.name)
        return both.arg(tr("their targets are different features"));
    if (first.confusion->classes() != second.confusion->classes())
        return both.arg(tr("their targets have different classes"));
    if (pair.first->dataset->settings() != pair.second->dataset->settings() ||
        !sameRows(first, second))
        return both.arg(tr("they were run on different dataset versions or subsets"));
    return {};
}

DifferenceContent::DifferenceContent(ConfusionMatrix first, ConfusionMatrix second,
                                     QString firstName, QString secondName)
    : m_first(std::move(first))
    , m_second(std::move(second))
    , m_firstName(std::move(firstName))
    , m_secondName(std::move(secondName))
{
    for (int row = 0; row < size(); ++row)
        for (int column = 0; column < size(); ++column)
            m_largest = std::max(m_largest, std::abs(difference({row, column})));
}

qint64 DifferenceContent::difference(MatrixCell cell) const
{
    return m_first.at(cell.row, cell.column) - m_second.at(cell.row, cell.column);
}

HeatValue DifferenceContent::value(MatrixCell cell) const
{
    const qint64 shown = difference(cell);
    const bool firstBetter = cell.isDiagonal() ? shown > 0 : shown < 0;
    const Ramp ramp = firstBetter ? Ramp::FirstBetter : Ramp::SecondBetter;
    if (shown == 0)
        return {{}, ramp, 0};
    return {signedText(shown), ramp, std::sqrt(double(std::abs(shown)) / double(m_largest))};
}

QString DifferenceContent::description(MatrixCell cell) const
{
    const qint64 shown = difference(cell);
    const bool firstBetter = cell.isDiagonal() ? shown > 0 : shown < 0;
    QStringList lines{DifferenceContent::tr("Actual %1").arg(oneLine(classes().at(cell.row))),
                      DifferenceContent::tr("Predicted %1").arg(oneLine(classes().at(cell.column))),
                      DifferenceContent::tr("%1: %2").arg(
                          oneLine(m_firstName), countText(m_first.at(cell.row, cell.column))),
                      DifferenceContent::tr("%1: %2").arg(
                          oneLine(m_secondName), countText(m_second.at(cell.row, cell.column)))};
    lines.append(shown == 0 ? DifferenceContent::tr("No difference")
                            : DifferenceContent::tr("%1, %2 is better")
                                  .arg(signedText(shown),
                                       oneLine(firstBetter ? m_firstName : m_secondName)));
    return lines.join(QChar(u'\n'));
}

ExampleList differingExamples(const PredictionPair& pair, const MatrixSelection& selection)
{
    ExampleList examples;
    const auto& first = pair.first->result.predictions;
    const auto& second = pair.second->result.predictions;
    const auto matches = [&](const Prediction& one, const Prediction& other, bool oneIsFirst) {
        if (one.actual < 0 || one.predicted < 0)
            return false;
        const MatrixCell cell{int(one.actual), int(one.predicted)};
        return selection.contains(cell) && isBehind(pair, cell, one, other, oneIsFirst);
    };
    for (size_t i = 0; i < std::min(first.size(), second.size()); ++i)
        if (matches(first[i], second[i], true) || matches(second[i], first[i], false))
            examples.push_back(quint32(i));
    return examples;
}

} // namespace espalier
