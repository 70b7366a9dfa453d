/* SPDX-License-Identifier: GPL-2.0 */
/* version.h - the release of the module and of the tool. */
#ifndef VMAVIEW_VERSION_H
#define VMAVIEW_VERSION_H

#define VMAVIEW_VERSION "0.1.1"

#endif
