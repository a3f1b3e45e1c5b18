#!/usr/bin/env node
import { main } from './source/commands/main.ts';

process.exitCode = await main(process.argv.slice(2), import.meta);
