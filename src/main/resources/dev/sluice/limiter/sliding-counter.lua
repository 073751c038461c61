-- Version 1. The estimate of dev.sluice.limiter.SlidingCounter, kept in one key: for each limit,
-- the slot of time, what was counted in it and what was counted in the one before; eight bytes
-- each, big-endian.
--
-- KEYS and ARGV are those of sliding-log.lua, and so is the answer.
local action, n = ARGV[1], tonumber(ARGV[2])
local longest = 0
for i = 1, n do
  longest = math.max(longest, tonumber(ARGV[2 + 2 * i]))
end

local now = tonumber(ARGV[4 + 2 * n])
if not now then
  local time = redis.call('TIME')
  now = time[1] * 1000 + math.floor(time[2] / 1000)
end

local value = redis.pcall('GET', KEYS[1])
if type(value) == 'table' then
  redis.call('DEL', KEYS[1])
  value = false
end
if not value or #value ~= 24 * n then
  value = string.rep('\0', 24 * n)
end

local changed = false
local stored = {}
for i = 1, n do
  local slot, current, previous = struct.unpack('>I8I8I8', value, 24 * i - 23)
  local present = math.floor(now / tonumber(ARGV[2 + 2 * i]))
  if present < slot then
    slot, previous, changed = present, 0, true
  end
  stored[i] = {slot = slot, current = current, previous = previous}
end

-- What is stored, as it counts in the present slot.
local function present(i)
  local slot = math.floor(now / tonumber(ARGV[2 + 2 * i]))
  local was = stored[i]
  if slot == was.slot then
    return was
  end
  return {slot = slot, current = 0, previous = slot == was.slot + 1 and was.current or 0}
end

-- How far into a slot the one before counts for no more than a number.
local function faded_to(number, size, window)
  return window - math.min(window, math.floor(number * window / size))
end

local function until_at_most(number, count, window, elapsed)
  if number < 0 then
    return 0
  end
  if count.current <= number and count.previous > 0 then
    return faded_to(number - count.current, count.previous, window) - elapsed
  end
  if count.current == 0 then
    return 0
  end
  return window - elapsed + faded_to(number, count.current, window)
end

local function look()
  local states, admits = {}, 1
  for i = 1, n do
    local requests, window = tonumber(ARGV[1 + 2 * i]), tonumber(ARGV[2 + 2 * i])
    local elapsed = now % window
    local count = present(i)
    local used = count.current + math.ceil(count.previous * (window - elapsed) / window)
    local wait = until_at_most(math.min(used, requests) - 1, count, window, elapsed)
    states[3 * i - 2] = math.max(0, requests - used)
    states[3 * i - 1] = used == 0 and 0 or wait
    states[3 * i] = 0
    if used >= requests then
      states[3 * i] = wait
      admits = 0
    end
  end
  return admits, states
end

local admits, states = look()
if action == 'take' and admits == 1 then
  for i = 1, n do
    stored[i] = present(i)
    stored[i].current = stored[i].current + 1
  end
  changed = true
  local _
  _, states = look()
elseif action == 'refund' then
  local stamp = tonumber(ARGV[3 + 2 * n])
  for i = 1, n do
    local age = stored[i].slot - math.floor(stamp / tonumber(ARGV[2 + 2 * i]))
    local name = age == 0 and 'current' or age == 1 and 'previous'
    if name and stored[i][name] > 0 then
      stored[i][name] = stored[i][name] - 1
      changed = true
    end
  end
  admits, states = look()
end

if changed then
  local packed = {}
  for i = 1, n do
    packed[i] = struct.pack('>I8I8I8', stored[i].slot, stored[i].current, stored[i].previous)
  end
  redis.call('SET', KEYS[1], table.concat(packed), 'PX', 2 * longest)
end
return {admits, now, unpack(states)}
