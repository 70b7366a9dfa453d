/* SPDX-License-Identifier: GPL-2.0 */
/*
 * arch.h - what the architecture that is built for does in its own way: a folder for each.
 *
 * A function there has a macro of its name beside it, as the kernel's own headers do; where there is none, the
 * header of that subject in compat/ has what holds anywhere.  Another architecture is a folder, and two lines
 * here.
 */
#ifndef VMAVIEW_ARCH_H
#define VMAVIEW_ARCH_H

#if defined(CONFIG_X86)
#include "compat/arch/x86/x86_addresses.h"
#include "compat/arch/x86/x86_layout.h"
#include "compat/arch/x86/x86_level.h"
#include "compat/arch/x86/x86_pte.h"
#include "compat/arch/x86/x86_rights.h"
#include "compat/arch/x86/x86_segments.h"
#include "compat/arch/x86/x86_vmflags.h"
#elif defined(CONFIG_ARM64)
#include "compat/arch/arm64/arm64_addresses.h"
#include "compat/arch/arm64/arm64_layout.h"
#include "compat/arch/arm64/arm64_level.h"
#include "compat/arch/arm64/arm64_rights.h"
#include "compat/arch/arm64/arm64_vmflags.h"
#endif

#endif
