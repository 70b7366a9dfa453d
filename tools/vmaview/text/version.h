/* SPDX-License-Identifier: GPL-2.0 */
/* version.h - the release that this tool is part of. */
#ifndef VMAVIEW_VERSION_H
#define VMAVIEW_VERSION_H

#define VMAVIEW_RELEASE "0.1.1"
/* Modules of releases before this one can crash the machine: see SECURITY.md. */
#define VMAVIEW_SAFE_SINCE "0.1.1"

#endif /* VMAVIEW_VERSION_H */
