/* The runtime of an AppImage of type 2: a small static program in front of a squashfs image. It
 * makes the image readable as a folder (by FUSE, else by unpacking it), starts AppRun in it, and
 * leaves nothing behind. Written from the AppImage specification. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

/* This file and where its image begins. */
struct payload {
    const char* file;
    size_t offset;
};

/* Where the ELF program of `file` ends; 0 and a message when it is none. */
size_t payload_offset(const char* file);
/* Content of a section; NULL when there is none. To be freed. */
char* elf_section(const char* file, const char* name);

/* Unpacks what matches `pattern` (NULL: everything) into the folder `target`, which is made.
 * `names`: print every path. */
bool extract_payload(struct payload payload, const char* target, const char* pattern, bool names);

/* What has to be cleaned up, once the program and all that it has started are gone. */
enum guarded { GUARDED_MOUNT, GUARDED_FOLDER };

/* Starts a process that cleans `folder` up when the last copy of a pipe is closed that this process,
 * and whatever it executes, holds from now on: also after a kill. For GUARDED_MOUNT it mounts
 * first. False when that fails; the folder is then gone. */
bool start_guard(enum guarded what, struct payload payload, const char* folder);

/* Serves the image at the folder until it is unmounted. Writes a byte to `ready` as soon as it can
 * be used. */
void serve_payload(struct payload payload, const char* folder, int ready);
void unmount_payload(const char* folder);

bool remove_tree(const char* folder);
