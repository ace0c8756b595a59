/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The first bytes of a file against those of this program, so that what is not right
 * can be said in words: the dynamic loader has "wrong ELF class" for most of it. An
 * ELF header begins alike for 32 and 64 bits, as far as e_machine.
 */
#include "host/plugin_object.h"

#include <elf.h>
#include <errno.h>
#include <fcntl.h>
#include <link.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct header {
	unsigned char ident[EI_NIDENT];
	uint16_t type, machine; /* in this machine's order, if the ident says so */
};

static const char *machine_name(uint16_t machine, unsigned char class)
{
	switch (machine) {
	case EM_X86_64:
		return class == ELFCLASS32 ? "x32" : "x86-64";
	case EM_386:
		return "i386";
	case EM_AARCH64:
		return "arm64";
	case EM_ARM:
		return "arm (32 bits)";
	case EM_S390:
		return class == ELFCLASS32 ? "s390" : "s390x";
	case EM_PPC64:
		return "POWER (64 bits)";
	case EM_PPC:
		return "PowerPC (32 bits)";
	case EM_RISCV:
		return class == ELFCLASS32 ? "riscv32" : "riscv64";
	default:
		return NULL;
	}
}

static const char *order_name(unsigned char order)
{
	return order == ELFDATA2MSB ? "big-endian" : "little-endian";
}

/* "POWER (64 bits), little-endian". */
static void print_kind(const struct header *h, char *text, size_t size)
{
	uint16_t machine = h->machine;
	const uint16_t one = 1;
	bool big_here = *(const unsigned char *)&one == 0;
	const char *name;

	if ((h->ident[EI_DATA] == ELFDATA2MSB) != big_here)
		machine = (uint16_t)(machine >> 8 | machine << 8);
	name = machine_name(machine, h->ident[EI_CLASS]);
	if (name != NULL)
		(void)snprintf(text, size, "%s, %s", name,
			       order_name(h->ident[EI_DATA]));
	else
		(void)snprintf(text, size, "ELF machine %u", machine);
}

/* 0, -1 with errno, or 1: there is less than a header. */
static int read_header(const char *path, struct header *h)
{
	int file = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t got;
	int err;

	if (file < 0)
		return -1;
	got = read(file, h, sizeof(*h));
	err = errno;
	(void)close(file);
	errno = err;
	if (got < 0)
		return -1;
	return (size_t)got < sizeof(*h) || memcmp(h->ident, ELFMAG, SELFMAG) != 0;
}

/* Loading would crash where it is to map what is beyond the end. For this architecture
 * alone; of what is odd otherwise the loader has the word. */
static bool is_cut_short(const char *path, off_t size)
{
	int file = open(path, O_RDONLY | O_CLOEXEC);
	ElfW(Ehdr) header;
	ElfW(Phdr) segment;
	bool cut = false;

	if (file < 0)
		return false;
	if (pread(file, &header, sizeof(header), 0) == (ssize_t)sizeof(header)) {
		for (off_t n = 0; n < header.e_phnum && !cut; n++) {
			off_t at = (off_t)header.e_phoff + n * (off_t)sizeof(segment);

			cut = pread(file, &segment, sizeof(segment), at) !=
				      (ssize_t)sizeof(segment) ||
			      (segment.p_type == PT_LOAD &&
			       ((uintmax_t)segment.p_offset > (uintmax_t)size ||
				(uintmax_t)segment.p_filesz >
					(uintmax_t)size - segment.p_offset));
		}
	} else {
		cut = true;
	}
	(void)close(file);
	return cut;
}

int rcs_plugin_check_object(const char *path, struct rcs_error *e)
{
	struct header it, own;
	struct stat status;
	char its_kind[64], own_kind[64];
	bool known;
	int got;

	if (stat(path, &status) != 0)
		return rcs_fail(e, RCS_ERROR_USAGE, "%.300s: %s", path,
				strerror(errno));
	if (!S_ISREG(status.st_mode))
		return rcs_fail(e, RCS_ERROR_USAGE, "%.300s: %s", path,
				S_ISDIR(status.st_mode) ? "this is a folder"
							: "this is no regular file");
	got = read_header(path, &it);
	if (got < 0)
		return rcs_fail(e, RCS_ERROR_USAGE, "%.300s: %s", path,
				strerror(errno));
	if (got > 0)
		return rcs_fail(
			e, RCS_ERROR_USAGE,
			"%.300s: this is no shared object; compile it with -shared "
			"-fPIC",
			path);
	/* Without /proc the loader has the word. */
	known = read_header("/proc/self/exe", &own) == 0;
	if (known &&
	    (it.ident[EI_CLASS] != own.ident[EI_CLASS] ||
	     it.ident[EI_DATA] != own.ident[EI_DATA] || it.machine != own.machine)) {
		print_kind(&it, its_kind, sizeof(its_kind));
		print_kind(&own, own_kind, sizeof(own_kind));
		return rcs_fail(e, RCS_ERROR_USAGE,
				"%.300s: this is for another architecture: %s, where "
				"rcustress is for %s",
				path, its_kind, own_kind);
	}
	if (it.type != ET_DYN)
		return rcs_fail(e, RCS_ERROR_USAGE,
				"%.300s: this is an object file or a program, and no "
				"shared object; compile it with -shared -fPIC",
				path);
	if (known && is_cut_short(path, status.st_size))
		return rcs_fail(e, RCS_ERROR_USAGE,
				"%.300s: this is a part of a shared object: the file "
				"is cut short",
				path);
	return 0;
}
