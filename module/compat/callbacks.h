/* SPDX-License-Identifier: GPL-2.0 */
/* callbacks.h - callbacks of vm_operations_struct that only some kernels have: include/linux/mm.h. */
#ifndef VMAVIEW_COMPAT_CALLBACKS_H
#define VMAVIEW_COMPAT_CALLBACKS_H

#if HAVE_VM_OPS_MAPPED
#define VV_CALLBACKS_MAPPED(ENTRY) ENTRY(mapped)
#else
#define VV_CALLBACKS_MAPPED(ENTRY)
#endif

#ifdef CONFIG_NUMA
#define VV_CALLBACKS_POLICY(ENTRY) ENTRY(set_policy) ENTRY(get_policy)
#else
#define VV_CALLBACKS_POLICY(ENTRY)
#endif

#if HAVE_VM_OPS_FIND_SPECIAL_PAGE
#define VV_CALLBACKS_FIND(ENTRY) ENTRY(find_special_page)
#elif defined(CONFIG_FIND_NORMAL_PAGE)
#define VV_CALLBACKS_FIND(ENTRY) ENTRY(find_normal_page)
#else
#define VV_CALLBACKS_FIND(ENTRY)
#endif

#endif
