/* SPDX-License-Identifier: BSD-2-Clause */
/* Finding, loading and copying: see plugin.h. */
#include "host/plugin.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "host/plugin_object.h"

bool rcs_plugin_meant(const char *text)
{
	return strchr(text, '/') != NULL;
}

bool rcs_plugin_forgotten(const char *text)
{
	const char *end = strstr(text, ".so");

	return end != NULL && (end[3] == '\0' || end[3] == '.' || end[3] == ':');
}

/* Where ":symbol" begins, or NULL. */
static const char *symbol_in(const char *text)
{
	const char *slash = strrchr(text, '/');

	return strrchr(slash != NULL ? slash : text, ':');
}

static bool is_symbol(const char *text)
{
	if (*text == '\0' || isdigit((unsigned char)*text))
		return false;
	return strspn(text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
			    "0123456789_$.") == strlen(text);
}

int rcs_plugin_find(const char *text, const char *symbol,
		    struct rcs_plugin_place *place, struct rcs_error *e)
{
	const char *colon = symbol_in(text);
	size_t length = colon != NULL ? (size_t)(colon - text) : strlen(text);
	char path[PATH_MAX];

	if (length >= sizeof(path))
		return rcs_fail(e, RCS_ERROR_USAGE, "'%.60s…': the path is too long",
				text);
	memcpy(path, text, length);
	path[length] = '\0';
	if (colon != NULL) {
		symbol = colon + 1;
		if (!is_symbol(symbol) || strlen(symbol) >= sizeof(place->symbol))
			return rcs_fail(e, RCS_ERROR_USAGE,
					"'%.60s': want the name of a symbol behind the "
					"colon, as in ./libmine.so:mine",
					text);
	}
	(void)snprintf(place->symbol, sizeof(place->symbol), "%s", symbol);
	if (rcs_plugin_check_object(path, e) != 0)
		return -1;
	if (realpath(path, place->path) == NULL)
		return rcs_fail(e, RCS_ERROR_USAGE, "%.300s: %s", path,
				strerror(errno));
	(void)snprintf(place->text, sizeof(place->text), "%s:%s", place->path,
		       place->symbol);
	return 0;
}

int rcs_plugin_lacks(const struct rcs_plugin_place *place, const char *what,
		     struct rcs_error *e)
{
	return rcs_fail(e, RCS_ERROR_USAGE, "%.300s: in '%s' %s", place->path,
			place->symbol, what);
}

int rcs_plugin_check_flags(const struct rcs_plugin_place *place, uint32_t flags,
			   uint32_t known, struct rcs_error *e)
{
	if ((flags & ~known) == 0)
		return 0;
	return rcs_fail(e, RCS_ERROR_USAGE,
			"%.300s: flags of '%s' are 0x%x, and 0x%x of it is not known "
			"to this program",
			place->path, place->symbol, flags, flags & ~known);
}

int rcs_plugin_check_name(const struct rcs_plugin_place *place, const char *name,
			  size_t size, struct rcs_error *e)
{
	static const char also[] = "-_.+";
	size_t length = 0;

	if (name == NULL)
		return rcs_fail(e, RCS_ERROR_USAGE, "%.300s: the name in '%s' is NULL",
				place->path, place->symbol);
	while (length < size && (isalnum((unsigned char)name[length]) ||
				 (length > 0 && name[length] != '\0' &&
				  strchr(also, name[length]) != NULL)))
		length++;
	if (length == 0 || length == size || name[length] != '\0')
		return rcs_fail(e, RCS_ERROR_USAGE,
				"%.300s: the name in '%s' is to be a letter or digit, "
				"then letters, digits and any of %s, %zu at most",
				place->path, place->symbol, also, size - 1);
	return 0;
}

void rcs_plugin_copy_line(const char *from, char *to, size_t size)
{
	size_t n = 0;

	for (; from != NULL && from[n] != '\0' && n + 1 < size; n++)
		to[n] = (char)(isprint((unsigned char)from[n]) ? from[n] : '?');
	to[n] = '\0';
}

#if RCS_STATIC
/* A library brings its C library with it, and one program cannot have two. */
int rcs_plugin_load(const struct rcs_plugin_place *place,
		    const struct rcs_plugin_form *form, void *to, struct rcs_error *e)
{
	(void)form;
	(void)to;
	return rcs_fail(e, RCS_ERROR_UNSUPPORTED,
			"%.300s cannot be loaded: this program is linked statically",
			place->path);
}
#else
#include <dlfcn.h>

/* Every struct begins so. */
struct head {
	size_t size;
	uint32_t abi;
	uint32_t flags;
};

/* What is beyond what this program knows must not be used. */
static bool is_zero(const unsigned char *from, const unsigned char *end)
{
	while (from < end && *from == 0)
		from++;
	return from == end;
}

static int copy(const struct rcs_plugin_place *place,
		const struct rcs_plugin_form *form, const void *from, void *to,
		struct rcs_error *e)
{
	const struct head *head = from;
	const unsigned char *bytes = from;
	const char *version = "compile it with the rcustress.h of this program";

	if ((uintptr_t)from % _Alignof(struct head) != 0 || head->size < form->least ||
	    head->size > 65536)
		return rcs_fail(
			e, RCS_ERROR_USAGE,
			"%.300s: '%s' says that its size is %zu, where %zu is "
			"wanted: this is another struct (is it for %s?), or its size "
			"is not set",
			place->path, place->symbol,
			(uintptr_t)from % _Alignof(struct head) != 0 ? (size_t)0
								     : head->size,
			form->size, form->other_option);
	if (head->abi != form->abi)
		return rcs_fail(e, RCS_ERROR_USAGE,
				"%.300s: '%s' is of version %u, and this program knows "
				"version %u: %s",
				place->path, place->symbol, head->abi, form->abi,
				version);
	if (head->size > form->size && !is_zero(bytes + form->size, bytes + head->size))
		return rcs_fail(e, RCS_ERROR_USAGE,
				"%.300s: '%s' has members that this program does not "
				"know: its rcustress.h is newer, or this is another "
				"struct (is it for %s?)",
				place->path, place->symbol, form->other_option);
	memset(to, 0, form->size);
	memcpy(to, from, head->size < form->size ? head->size : form->size);
	return 0;
}

int rcs_plugin_load(const struct rcs_plugin_place *place,
		    const struct rcs_plugin_form *form, void *to, struct rcs_error *e)
{
	/* Local: what it defines is not seen by anybody else, whatever its name. */
	void *library = dlopen(place->path, RTLD_NOW | RTLD_LOCAL);
	const void *found;

	if (library == NULL)
		return rcs_fail(e, RCS_ERROR_USAGE, "cannot load it: %.400s",
				dlerror());
	found = dlsym(library, place->symbol);
	if (found == NULL && dlsym(library, form->other) != NULL)
		return rcs_fail(
			e, RCS_ERROR_USAGE,
			"%.300s: there is no symbol '%s' in it, but '%s', which "
			"is for %s",
			place->path, place->symbol, form->other, form->other_option);
	if (found == NULL) {
		(void)dlclose(library);
		return rcs_fail(e, RCS_ERROR_USAGE,
				"%.300s: there is no symbol '%s' in it; it is to be a "
				"struct that is not static, in C++ declared extern "
				"\"C\"",
				place->path, place->symbol);
	}
	return copy(place, form, found, to, e);
}
#endif
