/* Reads an AppImage as desktops do, with libappimage, and registers it. */
#include <stdio.h>
#include <sys/types.h>

#include <appimage/appimage.h>

int main(int count, char* arguments[])
{
    if (count != 2)
        return 2;
    const int type = appimage_get_type(arguments[1], 1);
    printf("type %d\n", type);
    if (type != 2)
        return 1;
    return appimage_register_in_system(arguments[1], 1);
}
