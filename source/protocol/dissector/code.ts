/** The part of modemscope.lua that is the same whatever the tables say; they stand in its middle. */
export const dissectorCode = (
	tables: string,
): string => `-- Made by "npm run build:lua" from modemscope's tables of messages: change those, not this.
-- wireshark -X lua_script:modemscope.lua capture.pcapng
-- Filters: sahara.mode == 2, qdl.error, firehose.rawmode == "true", modemscope.description contains "crash"

local modemscope = Proto("modemscope", "modemscope")
local fields = {}
local sahara_messages, dload_messages, qdl_messages, verbs, answers = {}, {}, {}, {}, {}

local function add(messages, command, message)
	messages[command] = messages[command] or {}
	table.insert(messages[command], message)
end

local f_name = ProtoField.string("modemscope.name", "message")
local f_description = ProtoField.string("modemscope.description", "description")
local f_due = ProtoField.string("modemscope.due", "due")
local f_verb = ProtoField.string("firehose.verb", "verb")
local f_log = ProtoField.string("firehose.log", "log")

${tables}

local all = { f_name, f_description, f_due, f_verb, f_log }
for _, field in pairs(fields) do table.insert(all, field) end
modemscope.fields = all

local usb_data = Field.new("usb.capdata")

local function explain(tree, pinfo, protocol, name, description, due)
	tree:add(f_name, protocol .. " " .. name)
	tree:add(f_description, description)
	if due then tree:add(f_due, due) end
	pinfo.cols.protocol = protocol
	pinfo.cols.info = name .. ": " .. description
end

-- The fields of one message; the range holds it from its first byte on.
local function dissect(tree, pinfo, protocol, message, range)
	local description = message.description
	local sub = tree:add(modemscope, range, protocol .. " " .. message.name)
	local advice = ""
	for _, field in ipairs(message.fields) do
		if field.at + field.length <= range:len() then
			local bytes = range(field.at, field.length)
			if field.little and field.number then sub:add_le(fields[field.filter], bytes)
			elseif field.little and field.filter:sub(-2) == "64" then sub:add_le(fields[field.filter], bytes)
			else sub:add(fields[field.filter], bytes) end
			if field.number then
				local value = field.little and bytes:le_uint() or bytes:uint()
				if field.advice and field.advice[value] then advice = " " .. field.advice[value] end
				if message.when and message.when.field == field.filter and message.when.value == value then
					description = message.when.description
				end
			end
		end
	end
	explain(sub, pinfo, protocol, message.name, description .. advice, message.due)
end

local longest_packet = 0x100

local function sahara(range, pinfo, tree)
	local at, found = 0, false
	while range:len() - at >= 8 do
		local messages = sahara_messages[range(at, 4):le_uint()]
		local length = range(at + 4, 4):le_uint()
		local message = messages and messages[1]
		if not message or length < message.length or length > longest_packet then break end
		if length > range:len() - at then break end
		dissect(tree, pinfo, "Sahara", message, range(at, length))
		at, found = at + length, true
	end
	return found
end

local function candidate(messages, payload, length)
	for _, message in ipairs(messages or {}) do
		if length == message.length or (message.open and length > message.length) then
			local magic = message.magic
			if not magic then return message end
			local text = payload(magic.at, #magic.text):string()
			if text == magic.text then return message end
		end
	end
end

-- Takes the escapes out of a frame; its last two bytes are the CRC.
local function unframe(range, from, to)
	local out, at = ByteArray.new(), from
	local bytes = range:bytes()
	while at < to do
		local byte = bytes:get_index(at)
		if byte == 0x7d and at + 1 < to then
			at = at + 1
			byte = bytes:get_index(at)
			byte = byte >= 0x60 and byte - 0x20 or (byte % 0x40 >= 0x20 and byte - 0x20 or byte + 0x20)
		end
		local one = ByteArray.new()
		one:set_size(1)
		one:set_index(0, byte)
		out:append(one)
		at = at + 1
	end
	return out
end


local function frames(range, pinfo, tree)
	if range(0, 1):uint() ~= 0x7e then return false end
	local bytes, found, start = range:bytes(), false, 0
	for at = 1, range:len() - 1 do
		if bytes:get_index(at) == 0x7e then
			if at - start > 3 then
				local array = unframe(range, start + 1, at)
				local length = array:len() - 2
				if length > 0 then
					local payload = array:tvb("HDLC payload")
					local command = payload(0, 1):uint()
					local qdl = candidate(qdl_messages[command], payload, length)
					local dload = candidate(dload_messages[command], payload, length)
					local message, protocol = qdl, "QDL"
					-- The same numbers mean other things before QDL begins.
					if dload and not (qdl and (qdl.magic or dload.open)) then
						message, protocol = dload, "DLOAD"
					end
					if message then
						dissect(tree, pinfo, protocol, message, payload(0, length))
						found = true
					end
				end
			end
			start = at
		end
	end
	return found
end

local function ufwrite(range, pinfo, tree)
	local messages = qdl_messages[0x27]
	if range:len() < 13 or range(0, 1):uint() ~= 0x27 then return false end
	if range(3, 4):uint() ~= 0 or not messages then return false end
	dissect(tree, pinfo, "QDL", messages[1], range(0, 13))
	return true
end

local entities = { lt = "<", gt = ">", amp = "&", quot = '"', apos = "'" }
local function plain(text)
	return (text:gsub("&(%a+);", entities))
end

local function fitting(attributes, log)
	for _, answer in ipairs(answers) do
		local fits = answer.log == "" or (log and log:find(answer.log, 1, true))
		for key, value in pairs(answer.has) do
			fits = fits and (value == true and attributes[key] or attributes[key] == value)
		end
		if fits then return answer end
	end
end

local function firehose(range, pinfo, tree)
	local text = range:raw()
	local found, from = false, 1
	while true do
		local start = text:find("<?xml", from, true)
		local ends = start and select(2, text:find("</data>", start, true))
		if not ends then return found end
		local document = text:sub(start, ends)
		local sub = tree:add(modemscope, range(start - 1, ends - start + 1), "Firehose")
		local main, main_attributes, log
		for verb, inside in document:gmatch("<([%a_][%w_]*)([^<>]*)/?>") do
			if verb ~= "data" then
				local attributes = {}
				for key, value in inside:gmatch('([%w_]+)%s*=%s*"([^"]*)"') do
					attributes[key] = plain(value)
					local field = fields["firehose." .. key]
					if field then sub:add(field, attributes[key]) end
				end
				if verb == "log" then
					log = attributes.value
					if log then sub:add(f_log, log) end
				end
				if not main or main == "log" then main, main_attributes = verb, attributes end
			end
		end
		if main then
			sub:add(f_verb, main)
			local known = verbs[main:lower()] or { name = "<" .. main .. ">", description = "A verb that is not known here." }
			if main == "log" then
				known = { name = "log", description = "The modem narrates what it does. Nothing to answer." }
			elseif main == "response" then
				known = fitting(main_attributes, log)
			end
			local function fill(words)
				return (words:gsub("{(%w+)}", function(key)
					if key == "log" then return log or "" end
					return main_attributes[key] or ""
				end))
			end
			explain(sub, pinfo, "Firehose", fill(known.name), fill(known.description))
			found = true
		end
		from = ends + 1
	end
end


function modemscope.dissector(_, pinfo, tree)
	local data = usb_data()
	if not data or data.len == 0 then return end
	local range = data.range
	if sahara(range, pinfo, tree) or firehose(range, pinfo, tree) then return end
	if ufwrite(range, pinfo, tree) or frames(range, pinfo, tree) then return end
end

register_postdissector(modemscope)
`;
