# Several programs at work on one project.
. "$(dirname "$0")/lib.sh"
status=0
figure "two threads and two processes share a project; a killed one leaves it sound" \
    "$(program tst_project_processes)" -silent || status=1
figure "the window and the command line edit, run and delete in one project" \
    "$(program tst_window_together)" -silent || status=1
exit $status
