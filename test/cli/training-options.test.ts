import { Command } from 'commander'
import { describe, expect, it } from 'vitest'
import { addTrainingOptions, requestOf, type TrainingOptions } from '../../src/main/cli/training-options.ts'
import { trainingRequestSchema } from '../../src/shared/training.ts'
import { temporaryFolder } from '../support/cleanup.ts'

async function splitOf(...args: string[]) {
  const command = addTrainingOptions(new Command()).parse(args, { from: 'user' })
  return trainingRequestSchema.parse(await requestOf(temporaryFolder(), command.opts<TrainingOptions>())).split
}

describe('who is kept apart', () => {
  it('is left to the recipe where nobody says', async () => {
    expect(await splitOf()).toEqual({ by: 'recipe' })
    expect(await splitOf('--recipe', 'cnn-9')).toEqual({ by: 'recipe' })
  })

  it('is what the options say, each for itself', async () => {
    expect(await splitOf('--validation', '0.2')).toEqual({ by: 'recipe', validation: 0.2 })
    expect(await splitOf('--split', 'group')).toEqual({ by: 'group' })
    expect(await splitOf('--split', 'random', '--validation', '0')).toEqual({ by: 'random', validation: 0 })
    expect(await splitOf('--fold', '3')).toEqual({ by: 'fold', fold: 3 })
  })
})
