using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Sessions.Generator.Tests;

/// <summary>The schema file, written by a build of a project that has the package's props and targets.</summary>
public sealed class SchemaBuildTests
{
    [Fact]
    public async Task A_build_writes_the_file_and_a_break_warns_and_leaves_it()
    {
        var directory = Directory.CreateTempSubdirectory("schema");
        try
        {
            var root = Path.GetFullPath(Path.Combine(DirectoryOfThis(), "..", ".."));
            var bin = AppContext.BaseDirectory;
            await File.WriteAllTextAsync(Path.Combine(directory.FullName, "Shop.csproj"), $"""
                <Project Sdk="Microsoft.NET.Sdk.Web">
                  <Import Project="{root}/src/Sessions.Runtime/buildTransitive/Sessions.Runtime.props" />
                  <PropertyGroup>
                    <TargetFramework>net10.0</TargetFramework>
                    <OutputType>Library</OutputType>
                    <Nullable>enable</Nullable>
                    <EmitSessionSchema>true</EmitSessionSchema>
                  </PropertyGroup>
                  <ItemGroup>
                    <Reference Include="{bin}Sessions.Runtime.dll" />
                    <Analyzer Include="{bin}Sessions.Generator.dll" />
                  </ItemGroup>
                  <Import Project="{root}/src/Sessions.Runtime/buildTransitive/Sessions.Runtime.targets" />
                </Project>
                """, TestContext.Current.CancellationToken);

            Assert.DoesNotContain("SES0401", await BuildAsync(directory, "int"), StringComparison.Ordinal);
            var schema = Path.Combine(directory.FullName, "sessions.schema.json");
            const string Expected = """
                {
                  "CartSession": {
                    "a\u003bb\"\\": { "type": "int" }
                  }
                }

                """;
            Assert.Equal(Expected, await File.ReadAllTextAsync(schema, TestContext.Current.CancellationToken));

            Assert.Contains("SES0401", await BuildAsync(directory, "long"), StringComparison.Ordinal);
            Assert.Equal(Expected, await File.ReadAllTextAsync(schema, TestContext.Current.CancellationToken));
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    private static async Task<string> BuildAsync(DirectoryInfo directory, string type)
    {
        await File.WriteAllTextAsync(
            Path.Combine(directory.FullName, "Shop.cs"),
            $$"""[Sessions.SessionShape] public partial class CartSession { [Sessions.SessionKey("a;b\"\\")] public partial {{type}} Key { get; set; } }""",
            TestContext.Current.CancellationToken);
        using var build = Process.Start(new ProcessStartInfo("dotnet", ["build", "--nologo", "-nodeReuse:false", "-p:UseSharedCompilation=false"])
        {
            WorkingDirectory = directory.FullName,
            RedirectStandardOutput = true,
        })!;
        var output = await build.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await build.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(build.ExitCode == 0, output);
        return output;
    }

    private static string DirectoryOfThis([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
