import { Command } from 'commander'
import { departmentGrantCommand } from './department-grant.ts'
import { departmentMoveCommand } from './department-move.ts'

export const departmentCommand = () =>
  new Command('department')
    .description('A record that several workstations share, in a PostgreSQL database.')
    .addCommand(departmentMoveCommand())
    .addCommand(departmentGrantCommand())
    .exitOverride()
