-- Requests as in dev.sluice.limiter.SlidingLog: their times in milliseconds, oldest first, eight
-- bytes each.
local log = #rest % 8 == 0 and rest or ''
local size = #log / 8
local memory_windows = 1
local most = 0
for i = 1, n do
  most = math.max(most, requests[i])
end

local function pack(time)
  return struct.pack('>I8', time)
end

local function at(index)
  return (struct.unpack('>I8', log, index * 8 + 1))
end

local function first_after(time)
  local low, high = 0, size
  while low < high do
    local middle = math.floor((low + high) / 2)
    if at(middle) > time then
      high = middle
    else
      low = middle + 1
    end
  end
  return low
end

-- After the clock of Redis jumped back, times that lie ahead are set to the present.
local ahead = first_after(now)
if ahead < size then
  log = string.sub(log, 1, ahead * 8) .. string.rep(pack(now), size - ahead)
  changed = true
end

local function look_requests(i)
  local first = first_after(now - windows[i])
  local count = size - first
  local reset = 0
  if count > 0 then
    reset = at(math.max(first, size - requests[i])) + windows[i] - now
  end
  return math.max(0, requests[i] - count), reset, count < requests[i] and 0 or reset
end

local function add_request()
  local oldest = math.max(0, first_after(now - longest), size + 1 - most)
  log = string.sub(log, oldest * 8 + 1) .. pack(now)
  size = size - oldest + 1
end

local function remove_request(stamp)
  local after = first_after(stamp)
  if after > 0 and at(after - 1) == stamp then
    log = string.sub(log, 1, after * 8 - 8) .. string.sub(log, after * 8 + 1)
    size = size - 1
    changed = true
  end
end

local function pack_requests()
  return log
end
