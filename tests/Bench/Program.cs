using Lodestone.Bench;

IReadOnlyDictionary<string, Func<bool, Task<Board>>> areas = new Dictionary<string, Func<bool, Task<Board>>>
{
    ["procedures"] = ProceduresArea.RunAsync,
};

string[] names = [.. args.Where(argument => !argument.StartsWith('-'))];
if (names.Length != 1 || !areas.TryGetValue(names[0], out Func<bool, Task<Board>>? run) || args.Except(names).Any(option => option != "--short"))
{
    Console.WriteLine("./bench <area> [--short]");
    Console.WriteLine();
    foreach (string area in areas.Keys)
    {
        Console.WriteLine($"  {area}");
    }

    return names.Length == 0 && args.Length == 0 ? 0 : 2;
}

Board board = await run(args.Contains("--short"));
Console.WriteLine($$"""{"area":"{{names[0]}}","held":{{board.Held}},"short":{{board.Short}}}""");
return board.Short == 0 ? 0 : 1;
