-- Version 2. What dev.sluice.limiter.Account holds, kept in one key, all numbers big-endian:
--
--   2 bytes    how many chats are under way: o
--   2 bytes    how many windows of budgets there are: b, which is 0 or 3
--   o times    16 bytes id; 8 each: until when it is believed in, its time, tokens held, money held
--   b times    8 bytes each: slot, used in it, used in the one before
--   the rest   the requests, by the part that stands in for REQUESTS below
--
-- KEYS[1]  the client
-- ARGV[1]  take, peek, refund, settle or renew
-- ARGV[2]  the chat's id, 16 bytes
-- ARGV[3]  a refund: the time of the request; a renewal: that of the chat
-- ARGV[4]  tokens and ARGV[5] money: likely (take), held (renew) or true (settle)
-- ARGV[6]  how long a chat is believed in, in milliseconds
-- ARGV[7]  how many chats may be under way; 0 for any number
-- ARGV[8]  how many limits of requests there are: n
-- then     for each of them: requests, window in milliseconds
-- then     b, and for each budget: the most, or 0; window in milliseconds
-- then     the time; only tests say it, otherwise it is that of Redis
--
-- Answers {1 if admitted, time, chats under way, then for each limit: remaining, reset, wait}.
local action, id = ARGV[1], ARGV[2]
local lease, streams, n = tonumber(ARGV[6]), tonumber(ARGV[7]), tonumber(ARGV[8])
local amounts = {tonumber(ARGV[4]), tonumber(ARGV[4]), tonumber(ARGV[5])}

local next_argument = 9
local function number()
  next_argument = next_argument + 1
  return tonumber(ARGV[next_argument - 1])
end

local requests, windows, longest = {}, {}, 0
for i = 1, n do
  requests[i], windows[i] = number(), number()
  longest = math.max(longest, windows[i])
end
local b = number()
local budgets, spans = {}, {}
for i = 1, b do
  budgets[i], spans[i] = number(), number()
end

local now = number()
if not now then
  local time = redis.call('TIME')
  now = time[1] * 1000 + math.floor(time[2] / 1000)
end

-- A value of another type, or cut short, is not ours: the client begins anew.
local value = redis.pcall('GET', KEYS[1])
if type(value) == 'table' then
  redis.call('DEL', KEYS[1])
  value = false
end
local o, stored = 0, 0
if value and #value >= 4 then
  o, stored = struct.unpack('>I2I2', value)
end
local head = 4 + 48 * o + 24 * stored
if not value or #value < head then
  value, o, stored, head = '\0\0\0\0', 0, 0, 4
end
local changed = false

-- Slots of time, as in dev.sluice.limiter.Slots.
local function unpack_slots(text, position)
  local slot, current, previous = struct.unpack('>I8I8I8', text, position)
  return {slot = slot, current = current, previous = previous}
end

local function pack_slots(slots)
  return struct.pack('>I8I8I8', slots.slot, slots.current, slots.previous)
end

local function present(slots, window)
  local slot = math.floor(now / window)
  if slot < slots.slot then
    slots.slot, slots.previous, changed = slot, 0, true
  end
  if slot == slots.slot then
    return slots.current, slots.previous
  end
  return 0, slot == slots.slot + 1 and slots.current or 0
end

local function used(slots, window)
  local current, previous = present(slots, window)
  return current + math.ceil(previous * (window - now % window) / window)
end

local function faded_to(count, size, window)
  return window - math.min(window, math.floor(count * window / size))
end

local function until_at_most(most, slots, window)
  local current, previous = present(slots, window)
  if most < 0 or (current == 0 and previous == 0) then
    return 0
  end
  local wait
  if current <= most and previous > 0 then
    wait = faded_to(most - current, previous, window)
  else
    wait = window + faded_to(most, math.max(1, current), window)
  end
  return math.max(0, wait - now % window)
end

local function look_slots(slots, window, most, wanted)
  local count, needed = used(slots, window), math.min(wanted, most)
  local wait = 0
  if count + needed > most then
    wait = math.max(1, until_at_most(most - needed, slots, window))
  end
  return math.max(0, most - count), until_at_most(math.min(count, most) - 1, slots, window), wait
end

local function add_slots(slots, window, amount)
  local current, previous = present(slots, window)
  slots.slot = math.floor(now / window)
  slots.current, slots.previous, changed = current + amount, previous, true
end

local function correct_slots(slots, window, difference, stamp)
  local age = slots.slot - math.floor(stamp / window)
  local name = age == 0 and 'current' or age == 1 and 'previous'
  if name then
    slots[name] = math.max(0, slots[name] + difference)
    changed = true
  end
end

local chats = {}
for i = 1, o do
  local position = 48 * i - 43
  local chat = string.sub(value, position, position + 15)
  local untill, stamp, tokens, money = struct.unpack('>I8I8I8I8', value, position + 16)
  changed = changed or untill <= now or untill > now + lease
  if untill > now then
    untill = math.min(untill, now + lease)
    chats[#chats + 1] = {id = chat, untill = untill, stamp = stamp, tokens = tokens, money = money}
  end
end

local spent = {}
for i = 1, b do
  spent[i] = stored == b and unpack_slots(value, 48 * o + 24 * i - 19)
    or {slot = 0, current = 0, previous = 0}
end

local rest = string.sub(value, head + 1)

--REQUESTS--

local function look()
  local states, admits = {}, 1
  local function add(remaining, reset, wait)
    states[#states + 1] = remaining
    states[#states + 1] = reset
    states[#states + 1] = wait
    if wait > 0 then
      admits = 0
    end
  end
  for i = 1, n do
    add(look_requests(i))
  end
  for i = 1, b do
    if budgets[i] > 0 then
      add(look_slots(spent[i], spans[i], budgets[i], math.max(1, action == 'take' and amounts[i] or 0)))
    end
  end
  if streams > 0 then
    add(math.max(0, streams - #chats), 0, #chats < streams and 0 or 1)
  end
  return admits, states
end

local function chat_index()
  for i = 1, #chats do
    if chats[i].id == id then
      return i
    end
  end
end

local function begin()
  add_request()
  for i = 1, b do
    add_slots(spent[i], spans[i], amounts[i])
  end
  if b > 0 or streams > 0 then
    chats[#chats + 1] =
      {id = id, untill = now + lease, stamp = now, tokens = amounts[1], money = amounts[3]}
  end
  changed = true
end

local function settle()
  local index = chat_index()
  if not index then
    return
  end
  local chat = table.remove(chats, index)
  local held = {chat.tokens, chat.tokens, chat.money}
  for i = 1, b do
    correct_slots(spent[i], spans[i], amounts[i] - held[i], chat.stamp)
  end
  changed = true
end

local function renew()
  local index = chat_index()
  if index then
    chats[index].untill = now + lease
  else
    chats[#chats + 1] = {
      id = id, untill = now + lease, stamp = tonumber(ARGV[3]), tokens = amounts[1], money = amounts[3],
    }
  end
  changed = true
end

local admits, states = look()
if action == 'take' then
  if admits == 1 then
    begin()
    local _
    _, states = look()
  end
elseif action ~= 'peek' then
  if action == 'refund' then
    remove_request(tonumber(ARGV[3]))
    settle()
  elseif action == 'settle' then
    settle()
  else
    renew()
  end
  admits, states = look()
end

if changed then
  local packed = {struct.pack('>I2I2', #chats, b)}
  for i = 1, #chats do
    local chat = chats[i]
    packed[#packed + 1] = chat.id
    packed[#packed + 1] = struct.pack('>I8I8I8I8', chat.untill, chat.stamp, chat.tokens, chat.money)
  end
  for i = 1, b do
    packed[#packed + 1] = pack_slots(spent[i])
  end
  packed[#packed + 1] = pack_requests()
  local memory = longest * memory_windows
  if b > 0 then
    memory = math.max(memory, 2 * spans[b])
  end
  if #chats > 0 then
    memory = math.max(memory, lease)
  end
  local new = table.concat(packed)
  if #new == 4 then
    redis.call('DEL', KEYS[1])
  else
    redis.call('SET', KEYS[1], new, 'PX', memory)
  end
end
return {admits, now, #chats, unpack(states)}
