-- Version 1. The exact tally of dev.sluice.limiter.SlidingLog, kept in one key: the times of the
-- requests in milliseconds, oldest first, eight bytes each, big-endian.
--
-- KEYS[1]  the client
-- ARGV[1]  take, peek or refund
-- ARGV[2]  how many limits there are: n
-- ARGV[3]  for each limit: requests, window in milliseconds
-- then     for a refund: the time to give back, or -1 for none
-- then     the time; only tests say it, otherwise it is that of Redis
--
-- Answers {1 if admitted, time, then for each limit: remaining, reset, wait}.
local function pack(time)
  return struct.pack('>I8', time)
end

local action, n = ARGV[1], tonumber(ARGV[2])
local most, longest = 0, 0
for i = 1, n do
  most = math.max(most, tonumber(ARGV[1 + 2 * i]))
  longest = math.max(longest, tonumber(ARGV[2 + 2 * i]))
end

local now = tonumber(ARGV[4 + 2 * n])
if not now then
  local time = redis.call('TIME')
  now = time[1] * 1000 + math.floor(time[2] / 1000)
end

-- A value of another type, or cut short, is not ours: the client begins anew.
local log = redis.pcall('GET', KEYS[1])
if type(log) == 'table' then
  redis.call('DEL', KEYS[1])
  log = false
end
if not log or #log % 8 ~= 0 then
  log = ''
end
local size = #log / 8
local changed = false

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

local function look()
  local states, admits = {}, 1
  for i = 1, n do
    local requests, window = tonumber(ARGV[1 + 2 * i]), tonumber(ARGV[2 + 2 * i])
    local first = first_after(now - window)
    local used = size - first
    local reset = 0
    if used > 0 then
      reset = at(math.max(first, size - requests)) + window - now
    end
    states[3 * i - 2] = math.max(0, requests - used)
    states[3 * i - 1] = reset
    states[3 * i] = 0
    if used >= requests then
      states[3 * i] = reset
      admits = 0
    end
  end
  return admits, states
end

local admits, states = look()
if action == 'take' and admits == 1 then
  local oldest = math.max(0, first_after(now - longest), size + 1 - most)
  log = string.sub(log, oldest * 8 + 1) .. pack(now)
  size = size - oldest + 1
  changed = true
  local _
  _, states = look()
elseif action == 'refund' then
  local stamp = tonumber(ARGV[3 + 2 * n])
  local after = first_after(stamp)
  if after > 0 and at(after - 1) == stamp then
    log = string.sub(log, 1, after * 8 - 8) .. string.sub(log, after * 8 + 1)
    size = size - 1
    changed = true
    admits, states = look()
  end
end

if changed and size == 0 then
  redis.call('DEL', KEYS[1])
elseif changed then
  redis.call('SET', KEYS[1], log, 'PX', longest)
end
return {admits, now, unpack(states)}
