// SPDX-License-Identifier: GPL-2.0
/*
 * module_case.c - each way in which a module is not there has its word and the line that helps: of made-up roots.
 *
 * The modules are objects with the words of one, which libkmod reads, and with the trailer of a signature.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <ftw.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "ktap.h"
#include "text/version.h"
#include "verbs/module_case.h"

#define RELEASE "6.12.99+deb13-amd64"
#define OTHER "6.1.0-57-amd64"

static char root[64];

static int drop(const char *path, const struct stat *st, int flag, struct FTW *ftw)
{
	(void)st;
	(void)flag;
	(void)ftw;
	return remove(path);
}

static void root_drop(void)
{
	if (root[0])
		nftw(root, drop, 16, FTW_DEPTH | FTW_PHYS);
	root[0] = '\0';
}

/* With its folders; @path is below the root. */
static FILE *create(const char *path, const char *mode)
{
	static char full[512];

	snprintf(full, sizeof(full), "%s/%s", root, path);
	for (char *slash = full + 1; (slash = strchr(slash, '/')); slash++) {
		*slash = '\0';
		mkdir(full, 0755);
		*slash = '/';
	}
	return fopen(full, mode);
}

static bool put(const char *path, const char *text)
{
	FILE *file = create(path, "w");

	return file && fputs(text, file) >= 0 && !fclose(file);
}

/* A Debian, with headers, where no module is built. */
static bool root_make(void)
{
	root_drop();
	strcpy(root, "/tmp/module_case.XXXXXX");
	return mkdtemp(root) && put("lib/modules/" RELEASE "/build/Makefile", "") && put("etc/debian_version", "13\n");
}

/* An object with the words that modinfo(8) shows. */
static bool module_make(const char *path, const char *release, const char *version)
{
	char command[1024];
	FILE *file = create(path, "w"), *cc;

	if (!file || fclose(file))
		return false;
	snprintf(command, sizeof(command), "${CC:-gcc} -x c -c -o '%s/%s' -", root, path);
	cc = popen(command, "w");
	if (!cc)
		return false;
	fprintf(cc, "#define INFO __attribute__((section(\".modinfo\"), used))\n"
		"INFO static const char a[] = \"vermagic=%s SMP preempt mod_unload modversions \";\n"
		"INFO static const char b[] = \"version=%s\";\n", release, version);
	return !pclose(cc);
}

/* As include/linux/module_signature.h has it: the signer's name, its key's number, the signature, their sizes. */
static bool module_sign(const char *path, const char *signer)
{
	struct {
		uint8_t algo, hash, id_type, signer_len, key_id_len, pad[3];
		uint32_t sig_len;
	} trailer = { .algo = 1, .hash = 4, .id_type = 1, .signer_len = strlen(signer), .key_id_len = 4 };
	FILE *file = create(path, "a");

	if (!file)
		return false;
	trailer.sig_len = htonl(8);
	fputs(signer, file);
	fwrite("\1\2\3\4signature", 12, 1, file);
	fwrite(&trailer, sizeof(trailer), 1, file);
	fputs("~Module signature appended~\n", file);
	return !fclose(file);
}

#define UPDATES "lib/modules/" RELEASE "/updates/dkms/vmaview.ko"

/* Built for this kernel, by the release of this tool, and known to depmod. */
static bool install(void)
{
	return root_make() && module_make(UPDATES, RELEASE, VMAVIEW_RELEASE) &&
	       put("lib/modules/" RELEASE "/modules.dep", "extra/more.ko: updates/dkms/vmaview.ko\n"
		   "updates/dkms/vmaview.ko:\n");
}

static bool enforce(void)
{
	return put("sys/module/module/parameters/sig_enforce", "Y\n");
}

static bool install_signed(void)
{
	return install() && module_sign(UPDATES, "My key") && enforce();
}

static bool load(const char *version)
{
	return put("sys/module/vmaview/version", version);
}

static struct module_facts facts;

static bool stands(const char *word, const char *state, const char *advice)
{
	char said[512], helps[512];
	const char *got = module_case_word(module_case(&facts));

	module_case_state(&facts, said, sizeof(said));
	module_case_advice(&facts, helps, sizeof(helps));
	if (!strcmp(got, word) && strstr(said, state) && strstr(helps, advice) && !*advice == !*helps)
		return true;
	return ktap_note("%s: %s: %s", got, said, helps);
}

static bool case_is(const char *word, const char *state, const char *advice)
{
	module_facts_read(&facts, root, RELEASE);
	return stands(word, state, advice);
}

static bool take(const char *path)
{
	char full[512];

	snprintf(full, sizeof(full), "%s/%s", root, path);
	return !remove(full);
}

static bool without_headers(void)
{
	return root_make() && take("lib/modules/" RELEASE "/build/Makefile") &&
	       case_is("no-headers", "no headers of Linux " RELEASE, "apt install linux-headers-" RELEASE) &&
	       take("etc/debian_version") && case_is("no-headers", "", "kernel-devel-" RELEASE);
}

/* The newest source that DKMS has: 0.10 is after 0.9, and what is no source of DKMS's is none. */
static bool with_source(void)
{
	return root_make() && put("usr/src/vmaview-0.9/dkms.conf", "") && put("usr/src/vmaview-0.10/dkms.conf", "") &&
	       put("usr/src/vmaview-7/Makefile", "") &&
	       case_is("not-built", "not built for Linux " RELEASE, "dkms install vmaview/0.10 -k " RELEASE) &&
	       take("lib/modules/" RELEASE "/build/Makefile") && case_is("no-headers", "", "DKMS builds it then");
}

static bool other_folder(void)
{
	return root_make() && put("lib/modules/" OTHER "/extra/vmaview.ko.xz", "") &&
	       case_is("other-kernel", "another kernel: Linux " OTHER, "vmaview-dkms") &&
	       take("lib/modules/" RELEASE "/build/Makefile") && case_is("no-headers", "", "linux-headers");
}

/* Whose name only begins like that of this kernel, too. */
static bool other_vermagic(void)
{
	return install() && module_make(UPDATES, OTHER, "0.1") &&
	       case_is("other-kernel", "Linux " OTHER, "make module") &&
	       module_make(UPDATES, RELEASE "-rt", "0.1") && case_is("other-kernel", RELEASE "-rt", "make module") &&
	       take("lib/modules/" RELEASE "/build/Makefile") &&
	       case_is("other-kernel", "", "apt install linux-headers");
}

/* Fedora's links: compared with this kernel's symbols, and taken. */
static bool weak_updates(void)
{
	return root_make() && module_make("lib/modules/" RELEASE "/weak-updates/vmaview.ko", OTHER, "0.1") &&
	       case_is("not-loaded", "", "modprobe vmaview");
}

static bool not_loaded(void)
{
	return install() && case_is("not-loaded", "not loaded", "modprobe vmaview") &&
	       take("lib/modules/" RELEASE "/modules.dep") && case_is("not-loaded", "", "depmod, then modprobe");
}

/* The kernel's own are thousands: one of these depmod knows, and else nobody looks there. */
static bool kernels_own(void)
{
	return root_make() && module_make("lib/modules/" RELEASE "/kernel/mm/vmaview.ko", RELEASE, "1") &&
	       case_is("not-built", "", "vmaview-dkms") &&
	       put("lib/modules/" RELEASE "/modules.dep", "kernel/mm/vmaview.ko:\n") &&
	       case_is("not-loaded", "", "modprobe vmaview");
}

/* A file of another name is none of ours. */
static bool other_module(void)
{
	return root_make() && module_make("lib/modules/" RELEASE "/extra/vmaview.kox", RELEASE, "1") &&
	       module_make("lib/modules/" RELEASE "/extra/myvmaview.ko", RELEASE, "1") &&
	       put("lib/modules/" RELEASE "/modules.dep", "extra/myvmaview.ko: extra/vmaview.ko\n") &&
	       case_is("not-built", "", "vmaview-dkms");
}

static bool lock_down(const char *level)
{
	return put("sys/kernel/security/lockdown", level);
}

static bool unsigned_one(void)
{
	return install() && enforce() && case_is("unsigned", "not signed", "sign-file sha256") &&
	       put("sys/module/module/parameters/sig_enforce", "N\n") && case_is("not-loaded", "", "modprobe") &&
	       lock_down("none [integrity] confidentiality\n") && case_is("unsigned", "", "updates/dkms/vmaview.ko");
}

#define KEY(name) "0b1c2d3e I------     2 perm 1f030000     0     0 asymmetri " name ": X509.rsa 4ebf72c8 []\n"

static bool not_enrolled(void)
{
	return install_signed() && put("proc/keys", KEY("Debian: Not My key")) &&
	       case_is("not-enrolled", "'My key'", "mokutil --import CERTIFICATE.der") &&
	       put("var/lib/dkms/mok.pub", "") &&
	       case_is("not-enrolled", "", "mokutil --import /var/lib/dkms/mok.pub") &&
	       put("sys/module/module/parameters/sig_enforce", "N\n") && case_is("not-loaded", "", "modprobe");
}

static bool enrolled(void)
{
	return install_signed() && put("proc/keys", KEY("A") KEY("My key") KEY("B")) &&
	       case_is("not-loaded", "", "modprobe") && put("proc/keys", KEY("House: My key")) &&
	       case_is("not-loaded", "", "modprobe");
}

/* What no key is shown to does not know that one is missing, until the kernel has said so. */
static bool keys_hidden(void)
{
	if (!install_signed() || !put("proc/keys", "") ||
	    !case_is("not-loaded", "", "modprobe"))
		return false;
	facts.load_error = -ENOKEY;
	return stands("not-enrolled", "'My key'", "mokutil --import");
}

static bool load_failed(void)
{
	if (!install() || !case_is("not-loaded", "", "modprobe"))
		return false;
	facts.load_error = -ENOMEM;
	if (!stands("not-loaded", "", "Cannot allocate memory"))
		return false;
	facts.load_error = -ENOEXEC;
	return stands("other-kernel", "another Linux " RELEASE " than", "vmaview-dkms");
}

/* It may not answer, loaded or not, built or not: nothing else helps. */
static bool locked_down(void)
{
	return root_make() && lock_down("none integrity [confidentiality]\n") &&
	       case_is("lockdown", "not loaded", "boot without lockdown") && install() &&
	       lock_down("none integrity [confidentiality]\n") &&
	       load(VMAVIEW_RELEASE "\n") &&
	       case_is("lockdown", "loaded, and", "boot without lockdown");
}

static bool older_loaded(void)
{
	return install() && module_make(UPDATES, RELEASE, "0.10") && load("0.9\n") &&
	       case_is("older-loaded", "0.9 is loaded, 0.10 is installed", "rmmod vmaview, then modprobe") &&
	       load("0.10\n") && case_is("ok", "", "") &&
	       load("0.11\n") && case_is("ok", "", "");
}

/* By insmod, as in a checkout: then this tool is what there is to be compared with. */
static bool loaded_alone(void)
{
	return root_make() && load(VMAVIEW_RELEASE "\n") && case_is("ok", "", "") &&
	       load("0.0.1\n") && case_is("older-loaded", "0.0.1", "rmmod") &&
	       load("") && case_is("ok", "", "");
}

static const struct ktap_test tests[] = {
	{ "no headers: the package of this kernel's is named", without_headers },
	{ "not built: the command of DKMS, where it has a source", with_source },
	{ "another kernel's, by the folder it is in", other_folder },
	{ "another kernel's, by what the file says of itself", other_vermagic },
	{ "another kernel's that this one takes, too", weak_updates },
	{ "not loaded, and depmod has or has not seen it", not_loaded },
	{ "one among the kernel's own, which depmod knows", kernels_own },
	{ "a module of a name like ours is not ours", other_module },
	{ "not signed, where only signed ones are taken", unsigned_one },
	{ "signed by nobody whom the kernel knows", not_enrolled },
	{ "signed by one whom it knows", enrolled },
	{ "signed by one of whom nothing is known", keys_hidden },
	{ "loading has failed, and why", load_failed },
	{ "locked down for confidentiality", locked_down },
	{ "an older one is loaded than is installed", older_loaded },
	{ "one is loaded and none is installed", loaded_alone },
};

int main(void)
{
	int ret = ktap_run(tests, sizeof(tests) / sizeof(tests[0]));

	root_drop();
	return ret;
}
