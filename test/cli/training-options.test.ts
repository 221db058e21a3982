import { Command } from 'commander'
import { describe, expect, it } from 'vitest'
import { addTrainingOptions, requestOf, type TrainingOptions } from '../../src/main/cli/training-options.ts'
import { trainingRequestSchema } from '../../src/shared/training.ts'
import { temporaryFolder } from '../support/cleanup.ts'

async function asked(...args: string[]) {
  const command = addTrainingOptions(new Command()).parse(args, { from: 'user' })
  return trainingRequestSchema.parse(await requestOf(temporaryFolder(), command.opts<TrainingOptions>()))
}

const splitOf = async (...args: string[]) => (await asked(...args)).split

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

describe('cropping to the brain', () => {
  it('is off, unless it is asked for, with a tenth or what is said as its margin', async () => {
    expect((await asked('--size', '96')).changes).toEqual({ size: 96 })
    expect((await asked('--crop-brain')).changes).toEqual({ brainMargin: 0.1 })
    expect((await asked('--crop-brain', '0', '--size', '96')).changes).toEqual({ brainMargin: 0, size: 96 })
    await expect(asked('--crop-brain', '0.9')).rejects.toThrow('brainMargin')
  })
})
