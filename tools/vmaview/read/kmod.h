/* SPDX-License-Identifier: GPL-2.0 */
/* kmod.h - in: a file or a name; out: what a module says of itself, or a module that is loaded. By libkmod. */
#ifndef VMAVIEW_KMOD_H
#define VMAVIEW_KMOD_H

#include <stdbool.h>

/* Empty: it does not say. */
struct kmod_facts {
	char vermagic[96];	/* the kernel that it is built for, then options of that */
	char version[24];
	char signer[128];	/* the common name of the certificate's issuer */
	bool is_signed;
};

/* 0, or -errno; -ELIBACC: there is no libkmod here. */
int kmod_read(struct kmod_facts *facts, const char *path);

/* Load the module of that name, as modprobe(8) does; one that is loaded already is fine. 0, or -errno as above. */
int kmod_load(const char *name);

#endif /* VMAVIEW_KMOD_H */
