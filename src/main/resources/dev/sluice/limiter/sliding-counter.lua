-- Requests as in dev.sluice.limiter.SlidingCounter: slots of time for each limit.
local counters = {}
local memory_windows = 2
for i = 1, n do
  counters[i] = #rest == 24 * n and unpack_slots(rest, 24 * i - 23)
    or {slot = 0, current = 0, previous = 0}
end

local function look_requests(i)
  return look_slots(counters[i], windows[i], requests[i], 1)
end

local function add_request()
  for i = 1, n do
    add_slots(counters[i], windows[i], 1)
  end
end

local function remove_request(stamp)
  for i = 1, n do
    correct_slots(counters[i], windows[i], -1, stamp)
  end
end

local function pack_requests()
  local packed = {}
  for i = 1, n do
    packed[i] = pack_slots(counters[i])
  end
  return table.concat(packed)
end
