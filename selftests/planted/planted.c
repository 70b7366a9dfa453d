// SPDX-License-Identifier: GPL-2.0
/*
 * planted.c - one bug a detector: insmod planted.ko bug=NAME commits it, on this thread.
 *
 * Shows that a sanitizer kernel reports what its options promise; scripts/planted says what each
 * report must be.  Those marked fatal end in a BUG().  Not part of vmaview and never installed.
 */
#include <linux/fault-inject.h>
#include <linux/jiffies.h>
#include <linux/kthread.h>
#include <linux/list.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/pgtable.h>
#include <linux/rcupdate.h>
#include <linux/refcount.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/timer.h>

static char *bug = "none";
module_param(bug, charp, 0);
MODULE_PARM_DESC(bug, "what to do wrong");

static DEFINE_MUTEX(first);
static DEFINE_MUTEX(second);
static DEFINE_SPINLOCK(spin);

/* The compiler must not see how wrong an access is. */
static size_t hidden(size_t value)
{
	OPTIMIZER_HIDE_VAR(value);
	return value;
}

static void out_of_bounds(void)
{
	char *memory = kmalloc(hidden(64), GFP_KERNEL);

	if (memory)
		WRITE_ONCE(memory[hidden(64)], 1);
	kfree(memory);
}

static void use_after_free(void)
{
	char *memory = kmalloc(hidden(64), GFP_KERNEL);

	OPTIMIZER_HIDE_VAR(memory);
	kfree(memory);
	if (memory)
		WRITE_ONCE(memory[hidden(8)], 1);
}

static void index_too_large(void)
{
	static int numbers[4];

	numbers[hidden(4)] = 1;
	barrier_data(numbers);
}

/* Several: of one, a stale copy of its address may still lie about somewhere. */
static void leak(void)
{
	for (int i = 0; i < 32; i++) {
		char *memory = kmalloc(hidden(777), GFP_KERNEL);

		OPTIMIZER_HIDE_VAR(memory);
	}
}

static void lock_inversion(void)
{
	mutex_lock(&first);
	mutex_lock(&second);
	mutex_unlock(&second);
	mutex_unlock(&first);
	mutex_lock(&second);
	mutex_lock(&first);
	mutex_unlock(&first);
	mutex_unlock(&second);
}

static void sleep_in_atomic(void)
{
	spin_lock(&spin);
	kfree(kmalloc(hidden(64), GFP_KERNEL));
	spin_unlock(&spin);
}

static void rcu_without_lock(void)
{
	static int __rcu *pointer;

	if (rcu_dereference(pointer))
		pr_info("never\n");
}

static void never_fires(struct timer_list *unused)
{
}

static void free_active_timer(void)
{
	struct timer_list *timer = kzalloc(sizeof(*timer), GFP_KERNEL);

	if (!timer)
		return;
	timer_setup(timer, never_fires, 0);
	mod_timer(timer, jiffies + 1000 * HZ);
	kfree(timer);
}

static void delete_twice(void)
{
	struct list_head list, entry;

	INIT_LIST_HEAD(&list);
	list_add(&entry, &list);
	list_del(&entry);
	list_del(&entry);
}

static void get_from_zero(void)
{
	refcount_t count = REFCOUNT_INIT(0);

	refcount_inc(&count);
}

/* Not a bug: an allocation that is told to fail must; only those that may not wait are, by default. */
static void failing_allocation(void)
{
#ifdef CONFIG_FAULT_INJECTION
	current->fail_nth = 1;
	kfree(kmalloc(hidden(64), GFP_ATOMIC));
	current->fail_nth = 0;
#endif
}

static unsigned long plain;

static noinline void count_plainly(void)
{
	plain++;
	barrier();
}

static int race_along(void *unused)
{
	while (!kthread_should_stop()) {
		count_plainly();
		cond_resched();
	}
	return 0;
}

/* Long enough to be seen: KCSAN watches one access in some hundreds, for 80 us at most. */
static void race_plainly(void)
{
	const unsigned long end = jiffies + 5 * HZ;
	struct task_struct *other = kthread_run(race_along, NULL, "planted");

	if (IS_ERR(other))
		return;
	while (time_before(jiffies, end)) {
		count_plainly();
		cond_resched();
	}
	kthread_stop(other);
}

/* Fatal: a page's last reference is given back twice. */
static void put_page_twice(void)
{
	struct page *page = alloc_page(GFP_KERNEL);

	if (!page)
		return;
	put_page(page);
	put_page(page);
}

/* Fatal: an anonymous page gets a second writable entry. */
static void map_page_twice(void)
{
	pte_t entry = __pte(0);
	struct page *page;

	if (get_user_pages_fast(current->mm->start_stack, 1, FOLL_WRITE, &page) != 1)
		return;
	set_pte_at(current->mm, current->mm->start_stack, &entry,
		   pte_mkwrite_novma(mk_pte(page, PAGE_SHARED)));
	put_page(page);
}

static const struct {
	const char *name;
	void (*commit)(void);
} bugs[] = {
	{ "out-of-bounds", out_of_bounds },
	{ "use-after-free", use_after_free },
	{ "index-too-large", index_too_large },
	{ "leak", leak },
	{ "lock-inversion", lock_inversion },
	{ "sleep-in-atomic", sleep_in_atomic },
	{ "rcu-without-lock", rcu_without_lock },
	{ "free-active-timer", free_active_timer },
	{ "delete-twice", delete_twice },
	{ "get-from-zero", get_from_zero },
	{ "failing-allocation", failing_allocation },
	{ "data-race", race_plainly },
	{ "put-page-twice", put_page_twice },
	{ "map-page-twice", map_page_twice },
};

static int __init planted_init(void)
{
	for (size_t i = 0; i < ARRAY_SIZE(bugs); i++) {
		if (strcmp(bugs[i].name, bug))
			continue;
		bugs[i].commit();
		return 0;
	}
	return -EINVAL;
}

static void __exit planted_exit(void)
{
}

module_init(planted_init);
module_exit(planted_exit);
MODULE_DESCRIPTION("Bugs that a sanitizer kernel must report");
MODULE_LICENSE("GPL");
