// SPDX-License-Identifier: BSD-2-Clause
//
// A broken barrier, in C++: a fence in the writer, by somebody who forgot that readers
// without one may still hold their stores back. Shows how a plug-in is written in C++11
// and later: the header has the symbol as extern "C"; the struct is filled in order, as
// C++ before C++20 has no designated initialisers; and no exception may leave anything.
//
//     c++ -shared -fPIC -O2 -o nothing.so nothing.cc $(pkg-config --cflags rcustress)
//     rcustress --barrier ./nothing.so --expect nothing=BROKEN
//
// With `--light-fence` readers have the fence that is missing, and it HOLDS.
#include <atomic>

#include <rcustress.h>

namespace
{

int heavy(void *) noexcept
{
	std::atomic_thread_fence(std::memory_order_seq_cst);
	return 0;
}

} // namespace

const struct rcustress_barrier rcustress_barrier = {
	sizeof(struct rcustress_barrier), // size
	RCUSTRESS_ABI,			  // abi
	0,				  // flags
	"nothing",			  // name
	"a fence in the writer only",	  // summary
	nullptr,			  // probe
	nullptr,			  // setup
	nullptr,			  // thread_enter
	nullptr,			  // thread_leave
	nullptr,			  // writer_enter
	nullptr,			  // writer_leave
	heavy,				  // heavy
	nullptr,			  // teardown
};
