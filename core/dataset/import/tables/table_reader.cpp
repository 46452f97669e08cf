#include "core/dataset/import/tables/table_reader.h"

namespace espalier {

void TableColumn::classify()
{
    kind = profile.isNumeric() && !profile.isLabel(name) ? CellKind::Number : CellKind::Text;
    detected = profile.encoding(name);
}

} // namespace espalier
