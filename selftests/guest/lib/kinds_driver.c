// SPDX-License-Identifier: GPL-2.0
/* kinds_driver.c - memory that is the kernel's, or a device's, and mapped for this process. */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/aio_abi.h>
#include <linux/bpf.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <linux/io_uring.h>
#include <linux/perf_event.h>
#include <linux/udmabuf.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "kinds.h"
#include "scene.h"

#define RW (PROT_READ | PROT_WRITE)
#define TRACING "/sys/kernel/tracing"

static char *map_read(size_t pages, int prot, int fd, size_t offset)
{
	char *addr = kind_map(pages, prot, MAP_SHARED, fd, offset);

	if (addr)
		scene_read(addr, pages);
	return addr;
}

/*
 * Until v6.16 its pages have the mapping of their file, which is the page cache of nothing.  Of a CPU, not of a task:
 * that would patch the scheduler's code, which emulators take badly.
 */
static char *perf_ring(size_t *pages)
{
	struct perf_event_attr attr = {
		.type = PERF_TYPE_SOFTWARE, .config = PERF_COUNT_SW_CPU_CLOCK, .size = sizeof(attr),
		.sample_period = 1000000000, .sample_type = PERF_SAMPLE_IP, .disabled = 1,
	};

	*pages = 9;
	return map_read(*pages, RW, syscall(SYS_perf_event_open, &attr, -1, 0, -1, 0), 0);
}

static char *packet_ring(size_t *pages)
{
	int fd = socket(AF_PACKET, SOCK_RAW | SOCK_CLOEXEC, htons(ETH_P_ALL));
	struct tpacket_req request = { 1 << 16, 2, 2048, (1 << 16) / 2048 * 2 };

	*pages = (2 << 16) / PAGE;
	if (fd < 0 || setsockopt(fd, SOL_PACKET, PACKET_RX_RING, &request, sizeof(request)))
		return kind_lacks("no packet ring: %s", strerrorname_np(errno));
	return map_read(*pages, RW, fd, 0);
}

static char *trace_ring(size_t *pages)
{
	if (access(TRACING "/trace", F_OK) && mount("trace", TRACING, "tracefs", 0, NULL))
		return kind_lacks("no tracefs: %s", strerrorname_np(errno));
	*pages = 4;
	return map_read(*pages, PROT_READ, open(TRACING "/per_cpu/cpu0/trace_pipe_raw", O_RDONLY | O_CLOEXEC), 0);
}

static int bpf_map(union bpf_attr *attr)
{
	return syscall(SYS_bpf, BPF_MAP_CREATE, attr, sizeof(*attr));
}

static char *bpf_array(size_t *pages)
{
	union bpf_attr attr = {
		.map_type = BPF_MAP_TYPE_ARRAY, .key_size = 4, .value_size = PAGE, .max_entries = 4,
		.map_flags = BPF_F_MMAPABLE,
	};
	char *addr;

	*pages = 4;
	addr = map_read(*pages, RW, bpf_map(&attr), 0);
	if (addr)
		scene_write(addr, *pages);
	return addr;
}

static char *bpf_ring(size_t *pages)
{
	union bpf_attr attr = { .map_type = BPF_MAP_TYPE_RINGBUF, .max_entries = 4 * PAGE };

	*pages = 1;
	return map_read(*pages, RW, bpf_map(&attr), 0);
}

static char *uring(size_t *pages)
{
	struct io_uring_params params = { 0 };
	int fd = syscall(SYS_io_uring_setup, 64, &params);
	char *addr = mmap(NULL, PAGE, RW, MAP_SHARED, fd, IORING_OFF_SQES);	/* it takes no address */

	if (addr == MAP_FAILED)
		return kind_lacks("no io_uring: %s", strerrorname_np(errno));
	*pages = 1;
	scene_read(addr, 1);
	return addr;
}

/* Page cache of a file system that writes nothing. */
static char *aio_ring(size_t *pages)
{
	aio_context_t context = 0;

	if (syscall(SYS_io_setup, 256, &context))
		return kind_lacks("no aio: %s", strerrorname_np(errno));
	*pages = 2;
	scene_read((char *)context, *pages);
	return (char *)context;
}

static char *aio_ring_written(size_t *pages)
{
	char *addr = aio_ring(pages);

	if (addr)
		addr[2 * PAGE - 1] = 1;
	return addr;
}

static char *secret(size_t *pages)
{
	int fd = syscall(447, 0);	/* memfd_secret */
	char *addr;

	*pages = 4;
	if (fd < 0 || ftruncate(fd, *pages * PAGE))
		return kind_lacks("no secret memory: %s", strerrorname_np(errno));
	addr = kind_map(*pages, RW, MAP_SHARED, fd, 0);
	if (addr)
		scene_write(addr, *pages);
	return addr;
}

/* Pages of a memfd, mapped through another file. */
static char *dma_buffer(size_t *pages)
{
	struct udmabuf_create create = { .memfd = memfd_create("udmabuf", MFD_ALLOW_SEALING | MFD_CLOEXEC),
					 .size = 16 * PAGE };
	int fd;

	if (access("/dev/udmabuf", F_OK) && system("modprobe -q udmabuf"))
		return kind_lacks("no udmabuf");
	fd = open("/dev/udmabuf", O_RDWR | O_CLOEXEC);
	*pages = 16;
	if (ftruncate(create.memfd, create.size) || fcntl(create.memfd, F_ADD_SEALS, F_SEAL_SHRINK))
		die("memfd: %s", strerror(errno));
	return map_read(*pages, RW, ioctl(fd, UDMABUF_CREATE, &create), 0);
}

static char *frames(size_t *pages)
{
	*pages = 16;
	return map_read(*pages, PROT_READ, open("/dev/mem", O_RDONLY | O_CLOEXEC), 0xf0000);
}

/* Half of them copied: pages of this process in an area of frames.  Without the first one it could not fork. */
static char *frames_copied(size_t *pages)
{
	char *addr = kind_map(16, RW, MAP_PRIVATE, open("/dev/mem", O_RDONLY | O_CLOEXEC), 0xf0000);

	if (!addr)
		return NULL;
	scene_write(addr + 8 * PAGE, 8);
	*pages = 16;
	return addr;
}

static char *timer(size_t *pages)
{
	*pages = 1;
	return map_read(*pages, PROT_READ, open("/dev/hpet", O_RDONLY | O_CLOEXEC), 0);
}

KIND(perf_ring, 0, "a ring of perf")
KIND(packet_ring, 0, "a ring of packets")
KIND(trace_ring, 0, "a ring of traces")
KIND(bpf_array, 0, "an array of BPF")
KIND(bpf_ring, 0, "a ring of BPF")
KIND(uring, 0, "a ring of io_uring")
KIND(aio_ring, KIND_HELD, "a ring of aio")
KIND(aio_ring_written, KIND_HELD, "a ring of aio that was written")
KIND(secret, 0, "secret memory")
KIND(dma_buffer, 0, "a DMA buffer of a memfd")
KIND(frames, KIND_UNSEEN, "frames")
KIND(frames_copied, KIND_UNSEEN, "frames of which copies were made")
KIND(timer, KIND_UNSEEN, "a timer's registers")
