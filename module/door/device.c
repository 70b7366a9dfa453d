// SPDX-License-Identifier: GPL-2.0
/*
 * device.c - requests in, the bytes of a stream out: /dev/vmaview.
 *
 * Every argument is copied once and checked before it is used.  The mutex of an open file serialises
 * its users, however many tasks share it.  No lock of the target is held here.
 */
#include <linux/err.h>
#include <linux/fs.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/pid.h>
#include <linux/slab.h>
#include <linux/uaccess.h>
#include <vmaview.h>

#include "door/attach.h"
#include "door/device.h"
#include "door/device_explain.h"
#include "self/access.h"
#include "self/version.h"
#include "stream/stream.h"

struct reader {
	struct mutex lock;	/* one call at a time */
	struct stream *stream;
};

static int device_open(struct inode *inode, struct file *file)
{
	struct reader *reader;
	int ret = vmaview_may_ask();

	if (ret)
		return ret;
	reader = kzalloc(sizeof(*reader), GFP_KERNEL_ACCOUNT);
	if (!reader)
		return -ENOMEM;
	mutex_init(&reader->lock);
	file->private_data = reader;
	return nonseekable_open(inode, file);
}

static int device_release(struct inode *inode, struct file *file)
{
	struct reader *reader = file->private_data;

	if (reader->stream)
		stream_free(reader->stream);
	kfree(reader);
	return 0;
}

static ssize_t read_locked(struct stream *stream, char __user *buffer, size_t count)
{
	size_t done = 0, part;
	int ret;

	while (done < count) {
		if (stream->taken == stream->length) {
			ret = stream_fill(stream);
			if (ret)
				return done ?: ret;
			if (!stream->length)
				break;
		}
		part = min(count - done, stream->length - stream->taken);
		if (copy_to_user(buffer + done, stream->buffer + stream->taken, part))
			return done ?: -EFAULT;
		stream->taken += part;
		done += part;
	}
	return done;
}

static ssize_t device_read(struct file *file, char __user *buffer, size_t count, loff_t *pos)
{
	struct reader *reader = file->private_data;
	ssize_t ret = -ENODATA;

	if (mutex_lock_interruptible(&reader->lock))
		return -ERESTARTSYS;
	if (reader->stream)
		ret = read_locked(reader->stream, buffer, count);
	mutex_unlock(&reader->lock);
	return ret;
}

/* Nothing that this module does not know, and no value that could never be. */
static bool asks_what_is_known(const struct vmaview_request *request)
{
	return !(request->states & ~VMAVIEW_STATES) && !(request->origins & ~VMAVIEW_ORIGINS) &&
	       !((request->page_mask | request->page_any) & ~VMAVIEW_PAGE_BITS) &&
	       !(request->page_value & ~request->page_mask) &&
	       !(request->entry_mask & ~VMAVIEW_ENTRY_BITS) &&
	       !(request->entry_value & ~request->entry_mask);
}

static bool asks_about_runs(const struct vmaview_request *request)
{
	return request->flags & (VMAVIEW_REQUEST_JOIN | VMAVIEW_REQUEST_DENSE) || request->states || request->origins ||
	       request->page_mask || request->page_any || request->entry_mask;
}

static int copy_request(struct vmaview_request *request, const void __user *arg)
{
	u32 size;
	int ret;

	if (get_user(size, (const u32 __user *)arg))
		return -EFAULT;
	if (size < VMAVIEW_REQUEST_MIN || size > PAGE_SIZE)
		return -EINVAL;
	ret = copy_struct_from_user(request, sizeof(*request), arg, size);
	if (ret)
		return ret;
	if (request->flags & ~VMAVIEW_REQUEST_FLAGS || !request->want ||
	    request->want & ~VMAVIEW_WANT_ALL || request->start >= request->end ||
	    !asks_what_is_known(request))
		return -EINVAL;
	if (request->flags & VMAVIEW_REQUEST_JOIN && request->flags & VMAVIEW_REQUEST_DENSE)
		return -EINVAL;
	if (!(request->want & VMAVIEW_WANT_RUNS) && asks_about_runs(request))
		return -EINVAL;
	return 0;
}

static int bind(struct reader *reader, const void __user *arg)
{
	struct vmaview_request request;
	struct stream *stream;
	struct pid *pid;
	int ret = copy_request(&request, arg);

	if (ret)
		return ret;
	pid = target_find(request.target, request.flags & VMAVIEW_REQUEST_PIDFD);
	if (IS_ERR(pid))
		return PTR_ERR(pid);
	stream = stream_new(pid, pid_vnr(pid), &request);
	if (IS_ERR(stream))
		return PTR_ERR(stream);
	if (mutex_lock_interruptible(&reader->lock)) {
		stream_free(stream);
		return -ERESTARTSYS;
	}
	swap(reader->stream, stream);
	mutex_unlock(&reader->lock);
	if (stream)
		stream_free(stream);
	return 0;
}

static int tell_version(void __user *arg)
{
	struct vmaview_version version = {
		.abi_major = VMAVIEW_ABI_MAJOR,
		.abi_minor = VMAVIEW_ABI_MINOR,
		.release = VMAVIEW_VERSION,
	};

	return copy_to_user(arg, &version, sizeof(version)) ? -EFAULT : 0;
}

static int apply_pid(const void __user *arg, int (*apply)(int nr))
{
	s32 nr;

	return get_user(nr, (const s32 __user *)arg) ? -EFAULT : apply(nr);
}

static long device_ioctl(struct file *file, unsigned int command, unsigned long arg)
{
	void __user *user = (void __user *)arg;
	int ret = vmaview_may_ask();

	if (ret)
		return ret;
	switch (command) {
	case VMAVIEW_IOC_BIND:
		return bind(file->private_data, user);
	case VMAVIEW_IOC_VERSION:
		return tell_version(user);
	case VMAVIEW_IOC_ATTACH:
		return apply_pid(user, attach_add);
	case VMAVIEW_IOC_DETACH:
		return apply_pid(user, attach_remove);
	case VMAVIEW_IOC_EXPLAIN:
		return device_explain(user);
	}
	return -ENOTTY;
}

static const struct file_operations device_fops = {
	.owner = THIS_MODULE,
	.open = device_open,
	.release = device_release,
	.read = device_read,
	.unlocked_ioctl = device_ioctl,
	.compat_ioctl = compat_ptr_ioctl,
};

static struct miscdevice device = {
	.minor = MISC_DYNAMIC_MINOR,
	.name = "vmaview",
	.fops = &device_fops,
	.mode = 0600,
};

int vmaview_device_init(void)
{
	return misc_register(&device);
}

void vmaview_device_exit(void)
{
	misc_deregister(&device);
}
