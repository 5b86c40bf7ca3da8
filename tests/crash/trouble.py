def run(results, ithaca, engine, folder):
    pass
