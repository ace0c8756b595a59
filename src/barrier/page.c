/* SPDX-License-Identifier: BSD-2-Clause */
/* A page of a writer's own: see page.h. */
#include "barrier/page.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

int rcs_page_enter(void *state, void **writer, struct rcs_error *e)
{
	struct rcs_page *page = malloc(sizeof(*page));

	(void)state;
	if (page == NULL)
		return rcs_fail(e, RCS_ERROR_RESOURCE, "no memory for a writer's page");
	page->size = (size_t)sysconf(_SC_PAGESIZE);
	page->mapping = mmap(NULL, 3 * page->size, PROT_NONE,
			     MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (page->mapping == MAP_FAILED) {
		free(page);
		return rcs_fail(e, RCS_ERROR_RESOURCE,
				"cannot map a writer's page: mmap: %s",
				strerror(errno));
	}
	page->address = page->mapping + page->size;
	if (mprotect(page->address, page->size, PROT_READ | PROT_WRITE) != 0) {
		int err = errno;

		munmap(page->mapping, 3 * page->size);
		free(page);
		return rcs_fail(e, RCS_ERROR_UNSUPPORTED,
				"cannot make a writer's page writable: mprotect: %s",
				strerror(err));
	}
	*writer = page;
	return 0;
}

int rcs_page_enter_locked(void *state, void **writer, struct rcs_error *e)
{
	struct rcs_page *page;

	if (rcs_page_enter(state, writer, e) != 0)
		return -1;
	page = *writer;
	(void)mlock(page->address, page->size);
	return 0;
}

void rcs_page_leave(void *state, void *writer)
{
	struct rcs_page *page = writer;

	(void)state;
	munmap(page->mapping, 3 * page->size);
	free(page);
}
