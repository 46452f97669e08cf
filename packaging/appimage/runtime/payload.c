#include "runtime.h"

#include <elf.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool read_at(int file, void* into, size_t size, off_t offset)
{
    return pread(file, into, size, offset) == (ssize_t)size;
}

/* The section table, to be freed; NULL when the file is no ELF program. */
static Elf64_Shdr* read_sections(int file, Elf64_Ehdr* header)
{
    if (!read_at(file, header, sizeof *header, 0) || memcmp(header->e_ident, ELFMAG, SELFMAG) != 0 ||
        header->e_shentsize != sizeof(Elf64_Shdr) || header->e_shnum == 0)
        return NULL;
    const size_t size = (size_t)header->e_shnum * sizeof(Elf64_Shdr);
    Elf64_Shdr* sections = malloc(size);
    if (sections && !read_at(file, sections, size, (off_t)header->e_shoff)) {
        free(sections);
        return NULL;
    }
    return sections;
}

size_t payload_offset(const char* file)
{
    const int opened = open(file, O_RDONLY | O_CLOEXEC);
    Elf64_Ehdr header;
    Elf64_Shdr* sections = opened < 0 ? NULL : read_sections(opened, &header);
    size_t end = 0;
    if (sections) {
        end = header.e_shoff + (size_t)header.e_shnum * header.e_shentsize;
        for (int i = 0; i < header.e_shnum; ++i)
            if (sections[i].sh_type != SHT_NOBITS &&
                sections[i].sh_offset + sections[i].sh_size > end)
                end = sections[i].sh_offset + sections[i].sh_size;
    } else {
        fprintf(stderr, "%s cannot be read as a program.\n", file);
    }
    free(sections);
    if (opened >= 0)
        close(opened);
    return end;
}

static char* read_section(int file, const Elf64_Shdr* section)
{
    char* content = calloc(1, section->sh_size + 1);
    if (content && !read_at(file, content, section->sh_size, (off_t)section->sh_offset)) {
        free(content);
        return NULL;
    }
    return content;
}

char* elf_section(const char* file, const char* name)
{
    const int opened = open(file, O_RDONLY | O_CLOEXEC);
    Elf64_Ehdr header;
    Elf64_Shdr* sections = opened < 0 ? NULL : read_sections(opened, &header);
    char* names = sections ? read_section(opened, &sections[header.e_shstrndx]) : NULL;
    char* found = NULL;
    for (int i = 0; names && !found && i < header.e_shnum; ++i)
        if (sections[i].sh_name < sections[header.e_shstrndx].sh_size &&
            strcmp(names + sections[i].sh_name, name) == 0)
            found = read_section(opened, &sections[i]);
    free(names);
    free(sections);
    if (opened >= 0)
        close(opened);
    return found;
}
