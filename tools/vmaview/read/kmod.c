// SPDX-License-Identifier: GPL-2.0
/*
 * kmod.c - in: a file or a name; out: what a module says of itself, or a module that is loaded.
 *
 * The library is opened when somebody asks for the status, and by nobody else: it is on each machine that loads
 * modules, and in none of the containers that only read a file. So it is no library that the tool is linked with.
 */
#include <dlfcn.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "read/kmod.h"

struct kmod_ctx;
struct kmod_list;
struct kmod_module;

/* What libkmod.so.2 promises, as libkmod(3) of kmod has it. */
struct library {
	struct kmod_ctx *(*new)(const char *folder, const char *const *config_paths);
	struct kmod_ctx *(*unref)(struct kmod_ctx *ctx);
	void (*set_log_priority)(struct kmod_ctx *ctx, int priority);
	int (*from_path)(struct kmod_ctx *ctx, const char *path, struct kmod_module **module);
	int (*from_name)(struct kmod_ctx *ctx, const char *name, struct kmod_module **module);
	struct kmod_module *(*module_unref)(struct kmod_module *module);
	int (*get_info)(const struct kmod_module *module, struct kmod_list **list);
	struct kmod_list *(*next)(const struct kmod_list *list, const struct kmod_list *now);
	const char *(*key)(const struct kmod_list *now);
	const char *(*value)(const struct kmod_list *now);
	void (*free_info)(struct kmod_list *list);
	int (*probe)(struct kmod_module *module, unsigned int flags, const char *options,
		     int (*run)(struct kmod_module *module, const char *command, void *data), const void *data,
		     void (*print)(struct kmod_module *module, bool install, const char *options));
};

static const char *const symbols[] = {
	"kmod_new", "kmod_unref", "kmod_set_log_priority", "kmod_module_new_from_path", "kmod_module_new_from_name",
	"kmod_module_unref", "kmod_module_get_info", "kmod_list_next", "kmod_module_info_get_key",
	"kmod_module_info_get_value", "kmod_module_info_free_list", "kmod_module_probe_insert_module",
};

/* A pointer to a function is one of these, in their order: POSIX says that it has the size of one to data. */
_Static_assert(sizeof(struct library) == sizeof(symbols), "a symbol for each member");

static int library_open(struct library *library)
{
	void *handle = dlopen("libkmod.so.2", RTLD_NOW | RTLD_LOCAL);
	void *found[sizeof(symbols) / sizeof(symbols[0])];

	if (!handle)
		return -ELIBACC;
	for (size_t i = 0; i < sizeof(symbols) / sizeof(symbols[0]); i++) {
		found[i] = dlsym(handle, symbols[i]);
		if (!found[i])
			return -ELIBACC;
	}
	memcpy(library, found, sizeof(found));
	return 0;
}

/* It speaks on stderr unless it is asked not to. */
static int open_quietly(struct library *library, struct kmod_ctx **ctx)
{
	int ret = library_open(library);

	if (ret)
		return ret;
	*ctx = library->new(NULL, NULL);
	if (!*ctx)
		return -ENOMEM;
	library->set_log_priority(*ctx, 0);
	return 0;
}

static void keep(struct kmod_facts *facts, const char *key, const char *value)
{
	if (!strcmp(key, "vermagic"))
		snprintf(facts->vermagic, sizeof(facts->vermagic), "%s", value);
	else if (!strcmp(key, "version"))
		snprintf(facts->version, sizeof(facts->version), "%s", value);
	else if (!strcmp(key, "signer"))
		snprintf(facts->signer, sizeof(facts->signer), "%s", value);
	else if (!strcmp(key, "sig_id"))
		facts->is_signed = true;
}

int kmod_read(struct kmod_facts *facts, const char *path)
{
	struct kmod_module *module = NULL;
	struct kmod_list *list = NULL;
	struct library library;
	struct kmod_ctx *ctx;
	int ret = open_quietly(&library, &ctx);

	memset(facts, 0, sizeof(*facts));
	if (ret)
		return ret;
	ret = library.from_path(ctx, path, &module);
	if (ret >= 0)
		ret = library.get_info(module, &list);
	if (ret >= 0)
		for (struct kmod_list *now = list; now; now = library.next(list, now))
			keep(facts, library.key(now), library.value(now));
	library.free_info(list);
	if (module)
		library.module_unref(module);
	library.unref(ctx);
	return ret < 0 ? ret : 0;
}

int kmod_load(const char *name)
{
	struct kmod_module *module = NULL;
	struct library library;
	struct kmod_ctx *ctx;
	int ret = open_quietly(&library, &ctx);

	if (ret)
		return ret;
	ret = library.from_name(ctx, name, &module);
	if (ret >= 0)
		ret = library.probe(module, 0, NULL, NULL, NULL, NULL);
	if (module)
		library.module_unref(module);
	library.unref(ctx);
	return ret < 0 ? ret : 0;
}
