// SPDX-License-Identifier: BSD-2-Clause
//
// Checks a barrier over mprotect(2) with rcustress-check, as a project's own test suite in
// C++ may: a class with both sides, a page of its own, and threads that register. Copy it,
// and put your barrier in place of the class.
//
//     c++ -O2 example.cpp $(pkg-config --cflags --libs --static rcustress-check)
//
// On x86 it holds, as revoking write permission interrupts the other CPUs; on arm64 and
// others that broadcast it does not, or cannot be told.
#include <rcustress-check.h>

#include <atomic>
#include <cerrno>
#include <cstdio>
#include <mutex>
#include <sys/mman.h>
#include <unistd.h>

namespace {

// The barrier. In a real test it comes from the runtime that is tested.
class AsymmetricBarrier {
public:
	AsymmetricBarrier()
		: size_(static_cast<std::size_t>(sysconf(_SC_PAGESIZE))),
		  page_(mmap(nullptr, size_, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1,
			     0))
	{
	}
	~AsymmetricBarrier()
	{
		if (page_ != MAP_FAILED)
			munmap(page_, size_);
	}
	AsymmetricBarrier(const AsymmetricBarrier &) = delete;
	AsymmetricBarrier &operator=(const AsymmetricBarrier &) = delete;

	void enter() { ++readers_; }
	void leave() { --readers_; }
	int readers() const { return readers_; }

	void light() noexcept { std::atomic_signal_fence(std::memory_order_seq_cst); }

	int heavy() noexcept
	{
		std::lock_guard<std::mutex> lock(mutex_);

		if (page_ == MAP_FAILED)
			return -ENOMEM;
		if (mprotect(page_, size_, PROT_READ | PROT_WRITE) != 0)
			return -errno;
		*static_cast<volatile char *>(page_) = 1;
		return mprotect(page_, size_, PROT_READ) != 0 ? -errno : 0;
	}

private:
	std::size_t size_;
	void *page_;
	std::mutex mutex_;
	std::atomic<int> readers_{0};
};

AsymmetricBarrier &of(void *argument)
{
	return *static_cast<AsymmetricBarrier *>(argument);
}

} // namespace

// The test. Functions that C calls must not throw.
int main()
{
	AsymmetricBarrier barrier;
	struct rcustress_check check = {};
	struct rcustress_check_result result = {};
	char text[2048];

	check.size = sizeof(check);
	check.name = "mprotect";
	check.argument = &barrier;
	check.light = [](void *b) { of(b).light(); };
	check.heavy = [](void *b) { return of(b).heavy(); };
	check.thread_enter = [](void *b) {
		of(b).enter();
		return 0;
	};
	check.thread_leave = [](void *b) { of(b).leave(); };
	check.time_ms = 30000; // at the most: it ends as soon as it can tell
	result.size = sizeof(result);

	rcustress_check(&check, &result); // an error of its own is a FAULT
	rcustress_check_format(&result, text, sizeof(text));
	std::fputs(text, stdout);
	return barrier.readers() == 0 ? rcustress_verdict_status(result.verdict) : 4;
}
