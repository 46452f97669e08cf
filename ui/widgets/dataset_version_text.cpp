#include "ui/widgets/dataset_version_text.h"

#include "core/project/records.h"

#include <QCoreApplication>

namespace espalier {

QString datasetVersionText(const DatasetRecord& record)
{
    return QCoreApplication::translate("espalier::DatasetVersion", "%1, version %2")
        .arg(record.name, QString::number(record.version));
}

} // namespace espalier
