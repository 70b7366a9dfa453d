// SPDX-License-Identifier: GPL-2.0
/* program32.c - a program of 32 bits: an ELF file made of a header, a segment and these instructions. */
#include <elf.h>
#include <errno.h>
#include <fcntl.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/personality.h>
#include <sys/wait.h>
#include <unistd.h>

#include "program32.h"
#include "result.h"

#ifdef __x86_64__

#define BASE 0x08048000U

/*
 * mmap2(%ebp, 4096, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0) where %ebp is the end, which
 * must fail, and one page below, which must not and is unmapped again; write(3, "r"); pause().  _exit(8)
 * where one of them does what it must not.
 */
asm(".pushsection .rodata\n"
    ".code32\n"
    "program32_code:\n"
    "	movl program32_end - program32_code + 0x08048054, %ebx\n"
    "	call 4f\n"
    "	cmpl $0xfffff000, %eax\n"
    "	jb 3f\n"
    "	subl $4096, %ebx\n"
    "	call 4f\n"
    "	cmpl %ebx, %eax\n"
    "	jne 3f\n"
    "	movl $91, %eax\n"
    "	movl $4096, %ecx\n"
    "	int $0x80\n"
    "	movl $4, %eax\n"
    "	movl $3, %ebx\n"
    "	movl $0x08048001, %ecx\n"
    "	movl $1, %edx\n"
    "	int $0x80\n"
    "2:	movl $29, %eax\n"
    "	int $0x80\n"
    "	jmp 2b\n"
    "3:	movl $1, %eax\n"
    "	movl $8, %ebx\n"
    "	int $0x80\n"
    "4:	movl $192, %eax\n"
    "	movl $4096, %ecx\n"
    "	movl $1, %edx\n"
    "	movl $0x32, %esi\n"
    "	movl $-1, %edi\n"
    "	xorl %ebp, %ebp\n"
    "	int $0x80\n"
    "	ret\n"
    "program32_end:\n"
    "	.long 0\n"
    "program32_after:\n"
    ".code64\n"
    ".popsection\n");

extern const char program32_code[], program32_end[], program32_after[];

struct image {
	Elf32_Ehdr header;
	Elf32_Phdr segment;
	char code[256];
};

_Static_assert(offsetof(struct image, code) == 0x54, "the instructions know where they are");

static void make(struct image *image, uint32_t end)
{
	size_t length = program32_after - program32_code;

	*image = (struct image){
		.header = {
			.e_ident = { ELFMAG0, ELFMAG1, ELFMAG2, ELFMAG3, ELFCLASS32, ELFDATA2LSB, EV_CURRENT },
			.e_type = ET_EXEC, .e_machine = EM_386, .e_version = EV_CURRENT,
			.e_entry = BASE + offsetof(struct image, code), .e_phoff = sizeof(Elf32_Ehdr),
			.e_ehsize = sizeof(Elf32_Ehdr), .e_phentsize = sizeof(Elf32_Phdr), .e_phnum = 1,
		},
		.segment = {
			.p_type = PT_LOAD, .p_vaddr = BASE, .p_paddr = BASE, .p_filesz = sizeof(*image),
			.p_memsz = sizeof(*image), .p_flags = PF_R | PF_X, .p_align = 4096,
		},
	};
	memcpy(image->code, program32_code, length);
	memcpy(image->code + (program32_end - program32_code), &end, sizeof(end));
}

/* In the child: descriptor 3 is where it says that it is ready. */
static void become(int file, int ready, unsigned long persona)
{
	char path[32], *const argv[] = { "program32", NULL }, *const envp[] = { NULL };

	personality(persona);
	snprintf(path, sizeof(path), "/proc/self/fd/%d", file);
	if (dup2(ready, 3) != 3)
		_exit(126);
	execve(path, argv, envp);
	_exit(errno == ENOEXEC ? 125 : 126);
}

static int write_image(uint32_t end)
{
	/* Above 3, which is taken below, and not closed by exec: its name leads to it. */
	int any = memfd_create("program32", 0), file = fcntl(any, F_DUPFD, 10);
	struct image image;

	make(&image, end);
	if (file < 0 || write(file, &image, sizeof(image)) != sizeof(image))
		die("no file for a program: %s", strerror(errno));
	close(any);
	return file;
}

void program32_start(struct child *child, unsigned long persona, unsigned long end)
{
	int ready[2], go[2], file = write_image(end), status;
	char byte;

	if (pipe2(ready, O_CLOEXEC) || pipe2(go, O_CLOEXEC))
		die("pipe: %s", strerror(errno));
	child->pid = fork();
	if (!child->pid) {
		int high = fcntl(ready[1], F_DUPFD_CLOEXEC, 10);

		close(go[1]);
		become(file, high, persona);
	}
	close(ready[1]);
	close(go[0]);
	close(file);
	child->from = ready[0];
	child->to = go[1];
	if (read(ready[0], &byte, 1) == 1)
		return;
	waitpid(child->pid, &status, 0);
	if (WIFEXITED(status) && WEXITSTATUS(status) == 125)
		skip("no programs of 32 bits");
	die("the program of 32 bits ended with %#x", status);
}

#else

void program32_start(struct child *child, unsigned long persona, unsigned long end)
{
	(void)child;
	(void)persona;
	(void)end;
	skip("no program of 32 bits is known for this machine");
}

#endif
