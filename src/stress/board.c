/* SPDX-License-Identifier: BSD-2-Clause */
/* The memory that the parent and a cell share: see board.h. */
#include "stress/board.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

static struct rcs_board *map(int descriptor)
{
	void *at = mmap(NULL, sizeof(struct rcs_board), PROT_READ | PROT_WRITE,
			MAP_SHARED, descriptor, 0);

	return at == MAP_FAILED ? NULL : at;
}

struct rcs_board *rcs_board_create(int *descriptor, struct rcs_error *e)
{
	int fd = memfd_create("rcustress-board", 0); /* inherited: no MFD_CLOEXEC */
	struct rcs_board *board = NULL;

	if (fd >= 0 && ftruncate(fd, sizeof(struct rcs_board)) == 0)
		board = map(fd);
	if (board == NULL) {
		rcs_fail(e, RCS_ERROR_RESOURCE,
			 "cannot have memory to share with a cell's process: %s",
			 strerror(errno));
		if (fd >= 0)
			close(fd);
		return NULL;
	}
	board->size = sizeof(*board);
	(void)snprintf(board->version, sizeof(board->version), "%s", RCS_VERSION);
	*descriptor = fd;
	return board;
}

struct rcs_board *rcs_board_open(int descriptor, struct rcs_error *e)
{
	struct stat st;
	struct rcs_board *board = NULL;

	if (fstat(descriptor, &st) == 0 && S_ISREG(st.st_mode) &&
	    st.st_size == (off_t)sizeof(struct rcs_board))
		board = map(descriptor);
	if (board != NULL && board->size == sizeof(*board) &&
	    strncmp(board->version, RCS_VERSION, sizeof(board->version)) == 0) {
		(void)close(descriptor);
		return board;
	}
	rcs_board_close(board);
	rcs_fail(e, RCS_ERROR_USAGE,
		 "descriptor %d is not the plan of a cell of this build, "
		 "version " RCS_VERSION ": this command is for the program's own use",
		 descriptor);
	return NULL;
}

void rcs_board_close(struct rcs_board *board)
{
	if (board != NULL)
		munmap(board, sizeof(*board));
}
