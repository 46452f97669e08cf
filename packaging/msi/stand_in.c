/* Stands in for the Windows program where it cannot be built, so that the installer can be proved:
 * installed, started, upgraded, removed. Never part of a release. */
#include <stdio.h>
#include <string.h>

int main(int count, char* arguments[])
{
    if (count == 2 && strcmp(arguments[1], "--version") == 0)
        return puts("espalier " VERSION) < 0;
    return count == 2 && strcmp(arguments[1], "--self-test") == 0 ? 0 : 2;
}
