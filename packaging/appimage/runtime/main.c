#include "runtime.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Sections that tools fill in: where updates come from, and a signature. */
__attribute__((section(".upd_info"), used)) static char UpdateInformation[1024];
__attribute__((section(".sha256_sig"), used)) static char Signature[1024];
__attribute__((section(".sig_key"), used)) static char SignatureKey[8192];

static const char Help[] =
    "Options of the AppImage, beside those of the program:\n"
    "  --appimage-extract [PATTERN]  unpack into ./squashfs-root\n"
    "  --appimage-extract-and-run    unpack into a temporary folder and start from there; also\n"
    "                                with APPIMAGE_EXTRACT_AND_RUN=1\n"
    "  --appimage-mount              mount, and say where, until interrupted\n"
    "  --appimage-offset             where the squashfs image begins\n"
    "  --appimage-updateinformation  where updates come from\n"
    "  --appimage-version            version of this runtime\n"
    "  --appimage-help               this\n";

/* An empty folder that nobody else can enter; "" when none can be made. */
static const char* make_folder(const char* prefix)
{
    static char path[PATH_MAX];
    const char* parent = getenv("TMPDIR");
    snprintf(path, sizeof path, "%s/%sXXXXXX", parent && *parent ? parent : "/tmp", prefix);
    if (mkdtemp(path))
        return path;
    perror(path);
    return "";
}

static const char* provide_mounted(struct payload payload)
{
    const char* folder = make_folder(".mount_Espal");
    return *folder && start_guard(GUARDED_MOUNT, payload, folder) ? folder : "";
}

static const char* provide_extracted(struct payload payload)
{
    const char* folder = make_folder("appimage_extracted_");
    if (*folder && start_guard(GUARDED_FOLDER, payload, folder) &&
        extract_payload(payload, folder, NULL, false))
        return folder;
    fprintf(stderr, "There is no room to unpack the program: point TMPDIR to a folder with 400 MB.\n");
    return "";
}

static bool flag(const char* name)
{
    const char* value = getenv(name);
    return value && *value && strcmp(value, "0") != 0;
}

/* Starts AppRun; comes back only when that fails. */
static int run(const char* folder, const char* file, char* arguments[], const char* name)
{
    char here[PATH_MAX];
    setenv("APPIMAGE", file, 1);
    setenv("APPDIR", folder, 1);
    setenv("ARGV0", name, 1);
    if (getcwd(here, sizeof here))
        setenv("OWD", here, 1);
    char program[PATH_MAX + 8];
    snprintf(program, sizeof program, "%s/AppRun", folder);
    execv(program, arguments);
    perror(program);
    return 127;
}

static int mount_until_interrupted(struct payload payload)
{
    const char* folder = provide_mounted(payload);
    if (!*folder) {
        fputs("This machine does not let FUSE mount: use --appimage-extract.\n", stderr);
        return 1;
    }
    puts(folder);
    fflush(stdout);
    pause();
    return 0;
}

/* The status of an option of the runtime's own, -1 for any other argument. */
static int run_option(struct payload payload, const char* option, const char* pattern)
{
    if (strcmp(option, "--appimage-help") == 0)
        return fputs(Help, stdout) < 0;
    if (strcmp(option, "--appimage-version") == 0)
        return puts("Espalier's runtime 1, AppImage type 2") < 0;
    if (strcmp(option, "--appimage-offset") == 0)
        return printf("%zu\n", payload.offset) < 0;
    if (strcmp(option, "--appimage-updateinformation") == 0) {
        char* information = elf_section(payload.file, ".upd_info");
        const int status = information ? puts(information) < 0 : 1;
        free(information);
        return status;
    }
    if (strcmp(option, "--appimage-extract") == 0)
        return extract_payload(payload, "squashfs-root", pattern, true) ? 0 : 1;
    if (strcmp(option, "--appimage-mount") == 0)
        return mount_until_interrupted(payload);
    return -1;
}

int main(int count, char* arguments[])
{
    static char file[PATH_MAX];
    if (!realpath("/proc/self/exe", file)) {
        fputs("/proc is not mounted: the AppImage cannot find itself.\n", stderr);
        return 1;
    }
    const struct payload payload = {file, payload_offset(file)};
    if (payload.offset == 0)
        return 1;
    if (count > 1) {
        const int status = run_option(payload, arguments[1], count > 2 ? arguments[2] : NULL);
        if (status >= 0)
            return status;
    }
    char* name = arguments[0];
    bool extract = flag("APPIMAGE_EXTRACT_AND_RUN");
    if (count > 1 && strcmp(arguments[1], "--appimage-extract-and-run") == 0) {
        extract = true;
        ++arguments;
        arguments[0] = name;
    }
    const char* folder = extract ? "" : provide_mounted(payload);
    if (!*folder)
        folder = provide_extracted(payload);
    return *folder ? run(folder, file, arguments, name) : 1;
}
