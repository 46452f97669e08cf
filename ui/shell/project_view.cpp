#include "ui/shell/project_view.h"

#include "moc_project_view.cpp"
