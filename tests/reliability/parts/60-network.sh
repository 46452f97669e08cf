# Servers that mean harm, or that are broken as if they did.
. "$(dirname "$0")/lib.sh"
status=0
figure "a download is the file that the server has, or a sentence and nothing" \
    "$(program tst_hostile_server)" -silent || status=1
figure "a download goes on where it broke off, and is given up where it has to be" \
    "$(program tst_download)" -silent || status=1
figure "an import by link writes nowhere else, and tells no secrets" \
    "$(program tst_link_import)" -silent || status=1
exit $status
