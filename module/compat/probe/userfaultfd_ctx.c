/* v6.12: struct userfaultfd_ctx moved to a header. */
#include <linux/userfaultfd_k.h>
static __maybe_unused unsigned int probe(struct userfaultfd_ctx *ctx)
{
	return ctx->features;
}
