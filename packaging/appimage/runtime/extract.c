#include "runtime.h"

#include <squashfuse/squashfuse.h>

#include <errno.h>
#include <fcntl.h>
#include <fnmatch.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PIECE = 1 << 20 };

static bool complain(const char* path)
{
    fprintf(stderr, "%s: %s\n", path, strerror(errno));
    return false;
}

static bool make_parents(const char* path)
{
    char* copy = strdup(path);
    bool made = copy != NULL;
    for (char* at = copy ? strchr(copy + 1, '/') : NULL; at && made; at = strchr(at + 1, '/')) {
        *at = '\0';
        made = mkdir(copy, 0755) == 0 || errno == EEXIST;
        *at = '/';
    }
    free(copy);
    return made || complain(path);
}

static bool write_all(int file, const char* bytes, size_t size)
{
    while (size > 0) {
        const ssize_t written = write(file, bytes, size);
        if (written < 0)
            return false;
        bytes += written;
        size -= (size_t)written;
    }
    return true;
}

static bool extract_file(sqfs* fs, sqfs_inode* inode, const char* path)
{
    const int file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, inode->base.mode & 0777);
    if (file < 0)
        return complain(path);
    char* piece = malloc(PIECE);
    bool done = piece != NULL;
    const sqfs_off_t size = (sqfs_off_t)inode->xtra.reg.file_size;
    for (sqfs_off_t at = 0; done && at < size;) {
        sqfs_off_t read = PIECE;
        done = sqfs_read_range(fs, inode, at, &read, piece) == SQFS_OK && read > 0 &&
               write_all(file, piece, (size_t)read);
        at += read;
    }
    free(piece);
    done = close(file) == 0 && done;
    return done || complain(path);
}

static bool extract_link(sqfs* fs, sqfs_inode* inode, const char* path)
{
    size_t size = inode->xtra.symlink_size + 1;
    char* target = malloc(size);
    const bool done = target && sqfs_readlink(fs, inode, target, &size) == SQFS_OK &&
                      symlink(target, path) == 0;
    free(target);
    return done || complain(path);
}

static bool extract_entry(sqfs* fs, sqfs_dir_entry* entry, const char* path)
{
    sqfs_inode inode;
    if (sqfs_inode_get(fs, &inode, sqfs_dentry_inode(entry)) != SQFS_OK)
        return complain(path);
    if (S_ISDIR(inode.base.mode))
        return mkdir(path, 0755) == 0 || errno == EEXIST || complain(path);
    if (!make_parents(path))
        return false;
    if (S_ISLNK(inode.base.mode))
        return extract_link(fs, &inode, path);
    return extract_file(fs, &inode, path);
}

bool extract_payload(struct payload payload, const char* target, const char* pattern, bool names)
{
    sqfs fs;
    if (sqfs_open_image(&fs, payload.file, payload.offset) != SQFS_OK)
        return false;
    sqfs_traverse walk;
    sqfs_err error = sqfs_traverse_open(&walk, &fs, sqfs_inode_root(&fs));
    bool done = error == SQFS_OK && (mkdir(target, 0755) == 0 || errno == EEXIST);
    while (done && sqfs_traverse_next(&walk, &error)) {
        if (walk.dir_end || (pattern && fnmatch(pattern, walk.path, FNM_LEADING_DIR) != 0))
            continue;
        char* path = NULL;
        done = asprintf(&path, "%s/%s", target, walk.path) >= 0 &&
               extract_entry(&fs, &walk.entry, path);
        if (names && done)
            puts(path);
        free(path);
    }
    sqfs_traverse_close(&walk);
    sqfs_destroy(&fs);
    return done && error == SQFS_OK;
}

static int remove_entry(const char* path, const struct stat* info, int type, struct FTW* at)
{
    (void)info, (void)type, (void)at;
    return remove(path);
}

bool remove_tree(const char* folder)
{
    return nftw(folder, remove_entry, 16, FTW_DEPTH | FTW_PHYS) == 0;
}
